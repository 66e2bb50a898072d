/* For the MSI: whether APQ Desktop is open on this computer, by any of its programs and by any person.

   Windows lets nobody write to a library that a program has loaded. Called before anything is changed; where it is
   open the installation ends, instead of being half done until the computer is started again. */

#include <windows.h>
#include <msi.h>
#include <msiquery.h>
#include <wchar.h>

#define LONGEST 32768

static BOOL is_loaded(const wchar_t *path)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return GetLastError() == ERROR_SHARING_VIOLATION;
    CloseHandle(file);
    return FALSE;
}

__declspec(dllexport) UINT __stdcall StopWhereItIsOpen(MSIHANDLE installing)
{
    static wchar_t folder[LONGEST], path[LONGEST];
    DWORD length = LONGEST;
    BOOL open = FALSE;
    WIN32_FIND_DATAW found;
    if (MsiGetPropertyW(installing, L"LibrariesOfPython", folder, &length) != ERROR_SUCCESS || length == 0)
        return ERROR_SUCCESS;
    _snwprintf(path, LONGEST, L"%lspython3*.dll", folder);
    HANDLE search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE)
        return ERROR_SUCCESS;
    do {
        _snwprintf(path, LONGEST, L"%ls%ls", folder, found.cFileName);
        open = open || is_loaded(path);
    } while (FindNextFileW(search, &found));
    FindClose(search);
    if (!open)
        return ERROR_SUCCESS;
    MSIHANDLE said = MsiCreateRecord(1);
    MsiRecordSetStringW(said, 0,
                        L"APQ Desktop is open on this computer. Close it everywhere, then start this again. "
                        L"Nothing was changed.");
    MsiProcessMessage(installing, INSTALLMESSAGE_ERROR, said);
    MsiCloseHandle(said);
    return ERROR_INSTALL_FAILURE;
}
