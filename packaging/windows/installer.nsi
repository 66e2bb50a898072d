; The per-user installer. packaging/build_windows.py runs makensis with the definitions used below.
; It asks for no rights: everything goes into the person's own folders and the person's own part of the registry.
; Silent: apq-desktop-...-setup.exe /S [/D=FOLDER]. Exit code 2: the program is open, nothing was changed.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\APQ Desktop"
!define CLASSES "Software\Classes"
!define KIND "APQDesktop.Evaluation"

Name "APQ Desktop"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\APQ Desktop"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "APQ Desktop ${VERSION}"
VIProductVersion "${VERSION_OF_FOUR}"
VIAddVersionKey "ProductName" "APQ Desktop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs APQ Desktop for the person who runs it"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "Open APQ Desktop"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenProgram
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Function OpenProgram
  Exec '"$INSTDIR\program\pythonw.exe" -m apq_desktop'
FunctionEnd

; Windows lets nobody delete a program that is running: so nothing is half replaced, or half removed.
!macro StopWhereItIsOpen
  IfFileExists "$INSTDIR\program\pythonw.exe" 0 +6
    ClearErrors
    Delete "$INSTDIR\program\pythonw.exe"
    IfErrors 0 +3
      MessageBox MB_OK|MB_ICONEXCLAMATION "APQ Desktop is open. Close it, then start this again." /SD IDOK
      Call ${UN}StopHere
!macroend

!macro StopHere UN
Function ${UN}StopHere
  SetErrorLevel 2
  Abort
FunctionEnd
!macroend
!insertmacro StopHere ""
!insertmacro StopHere "un."

!macro RemoveProgram
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\APQ Desktop.cmd"
  Delete "$INSTDIR\apq-desktop-command.cmd"
  Delete "$INSTDIR\apq-desktop.ico"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\NOTICES.md"
  Delete "$INSTDIR\sbom.cdx.json"
!macroend

Section "Program"
  SetShellVarContext current
  !define UN ""
  !insertmacro StopWhereItIsOpen
  !undef UN
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\APQ Desktop.lnk" "$INSTDIR\program\pythonw.exe" "-m apq_desktop" "$INSTDIR\apq-desktop.ico"

  WriteRegStr HKCU "${CLASSES}\.apq" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "APQ Desktop self-evaluation"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\apq-desktop.ico"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\program\pythonw.exe" -m apq_desktop "%1"'

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "APQ Desktop"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\apq-desktop.ico"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "APQ Desktop contributors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KIBIBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

; People's files, their settings and their backups stay: only what the installer laid down is taken away.
Section "Uninstall"
  SetShellVarContext current
  !define UN "un."
  !insertmacro StopWhereItIsOpen
  !undef UN
  !insertmacro RemoveProgram
  Delete "$SMPROGRAMS\APQ Desktop.lnk"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ReadRegStr $0 HKCU "${CLASSES}\.apq" ""
  StrCmp $0 "${KIND}" 0 +2
    DeleteRegKey HKCU "${CLASSES}\.apq"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${un.RefreshShellIcons}
SectionEnd
