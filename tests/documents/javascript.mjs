// Types into a PDF with pdf-lib or pdf.js, or reads its text with pdf.js. javascript.py calls it:
// node javascript.mjs MODULE pdf-lib|pdf.js PDF VALUES.json TARGET
// node javascript.mjs MODULE text PDF
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [module, task, source, values, target] = process.argv.slice(2);
const content = new Uint8Array(readFileSync(source));
const typed = () => Object.entries(JSON.parse(readFileSync(values, "utf8")));

async function withPdfLib() {
  const { PDFDocument, PDFRadioGroup } = createRequire(import.meta.url)(module);
  const written = await PDFDocument.load(content);
  for (const [name, value] of typed()) {
    const field = written.getForm().getField(name);
    if (field instanceof PDFRadioGroup) field.select(value);
    else field.setText(value);
  }
  // Its own drawing knows no letters beyond Western Europe.
  writeFileSync(target, await written.save({ updateFieldAppearances: false }));
}

async function opened() {
  globalThis.DOMMatrix = class {}; // for drawing, which is not asked of it
  const pdfjs = await import(pathToFileURL(module).href);
  return pdfjs.getDocument({ data: content, verbosity: 0 }).promise;
}

async function withPdfJs() {
  const shown = await opened();
  const fields = await shown.getFieldObjects();
  for (const [name, value] of typed()) {
    for (const field of fields.get(name)) {
      const chosen = field.type === "radiobutton" ? field.exportValues === value : value;
      if (field.id) shown.annotationStorage.setValue(field.id, { value: chosen });
    }
  }
  writeFileSync(target, await shown.saveDocument());
}

async function text() {
  const shown = await opened();
  let found = "";
  for (let number = 1; number <= shown.numPages; number++) {
    const page = await shown.getPage(number);
    found += (await page.getTextContent()).items.map((item) => item.str).join("");
  }
  process.stdout.write(found);
}

await { "pdf-lib": withPdfLib, "pdf.js": withPdfJs, text }[task]();
