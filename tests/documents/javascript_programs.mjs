// Types into a PDF with pdf-lib and with pdf.js, and reads its text with pdf.js. javascript_programs.py calls it:
// node javascript_programs.mjs MODULES PDF VALUES.json FOLDER
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, source, values, folder] = process.argv.slice(2);
const named = createRequire(pathToFileURL(`${modules}/`));
const { PDFDocument, PDFRadioGroup } = named("pdf-lib");
const pdfjs = await import(pathToFileURL(named.resolve("pdfjs-dist/legacy/build/pdf.mjs")).href);
const typed = Object.entries(JSON.parse(readFileSync(values, "utf8")));
const content = () => new Uint8Array(readFileSync(source));

const written = await PDFDocument.load(content());
for (const [name, value] of typed) {
  const field = written.getForm().getField(name);
  if (field instanceof PDFRadioGroup) field.select(value);
  else field.setText(value);
}
writeFileSync(`${folder}/pdf-lib.pdf`, await written.save({ updateFieldAppearances: false }));

const shown = await pdfjs.getDocument({ data: content(), isEvalSupported: false, verbosity: 0 }).promise;
const fields = await shown.getFieldObjects();
for (const [name, value] of typed) {
  for (const field of fields[name]) {
    const chosen = field.type === "radiobutton" ? field.exportValues === value : value;
    if (field.id) shown.annotationStorage.setValue(field.id, { value: chosen });
  }
}
writeFileSync(`${folder}/pdf.js.pdf`, await shown.saveDocument());

let text = "";
for (let number = 1; number <= shown.numPages; number++) {
  const page = await shown.getPage(number);
  text += (await page.getTextContent()).items.map((item) => item.str).join("");
}
writeFileSync(`${folder}/text.txt`, text);
