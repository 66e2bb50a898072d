/* Starts APQ Desktop: loads Python's own signed library into this process, so that Windows shows this program's name
   and icon in the task manager, under "Open with" and on the task bar.

   Compiled twice by packaging/bundling/windows/launcher.py: "APQ Desktop.exe" for the window, and with -DCONSOLE
   apq-desktop.exe for the command line. What Python runs is program\start.py, with the words of the command line. */

#include <windows.h>
#include <shellapi.h>
#include <wchar.h>

#define LONGEST 32768 /* characters of a path, as Windows itself allows */

typedef int (*python_main)(int, wchar_t **);

static wchar_t own[LONGEST], folder[LONGEST], library[LONGEST], start[LONGEST];

static int refuse(const wchar_t *sentence)
{
#ifdef CONSOLE
    char text[2048];
    DWORD written;
    int bytes = WideCharToMultiByte(CP_UTF8, 0, sentence, -1, text, sizeof text - 1, NULL, NULL);
    if (bytes > 0) {
        text[bytes - 1] = '\n';
        WriteFile(GetStdHandle(STD_ERROR_HANDLE), text, bytes, &written, NULL);
    }
#else
    MessageBoxW(NULL, sentence, L"APQ Desktop", MB_OK | MB_ICONERROR);
#endif
    return 1;
}

static int run(void)
{
    int count;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    DWORD length = GetModuleFileNameW(NULL, own, LONGEST);
    if (words == NULL || length == 0 || length > LONGEST - 64)
        return refuse(L"APQ Desktop cannot start: the name of its folder is too long. Move it to a shorter one.");
    wcscpy(folder, own);
    wcscpy(wcsrchr(folder, L'\\'), L"\\program");
    _snwprintf(library, LONGEST, L"%ls\\" PYTHON_LIBRARY, folder);
    _snwprintf(start, LONGEST, L"%ls\\start.py", folder);

    /* Libraries come from the program's own folder and from Windows, never from where a file was opened. */
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    AddDllDirectory(folder);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    python_main main_of_python = python ? (python_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (main_of_python == NULL)
        return refuse(L"APQ Desktop cannot start, because parts of it are missing beside it.\n\n"
                      L"If it came as a zip file, unpack the whole folder first. If it was installed, install it again. "
                      L"Your evaluations are not touched by either.");

    wchar_t **handed = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (count + 2) * sizeof *handed);
    if (handed == NULL)
        return refuse(L"APQ Desktop cannot start: this computer has no memory left.");
    handed[0] = own;
    handed[1] = start;
    for (int place = 1; place < count; place++)
        handed[place + 1] = words[place];
    return main_of_python(count + 1, handed);
}

#ifdef CONSOLE
int wmain(void)
{
    return run();
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, LPWSTR line, int show)
{
    (void)instance, (void)previous, (void)line, (void)show;
    return run();
}
#endif
