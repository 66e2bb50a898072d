; The installer for one person. packaging/bundling/windows/installers.py runs makensis with the definitions used below
; and writes FILES, the list of every file and folder of this bundle: nothing else is laid down, and nothing else is
; ever taken away, neither by removing the program nor by an upgrade, for which the older uninstaller clears its own.
;
; It asks for no rights: everything goes into the person's own folders and the person's own part of the registry.
; Silent: apq-desktop-...-setup.exe /S [/DOWNGRADE] [/D=FOLDER]. When it ends with another status than 0, nothing was
; changed: 2 the program is open, 3 the folder holds files that are not ours, 4 a newer version is installed.

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WordFunc.nsh"
!include "Win\COM.nsh"
!include "Win\Propkey.nsh"
!include "${FILES}"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\APQ Desktop"
!define CLASSES "Software\Classes"
!define KIND "APQDesktop.Evaluation"
!define LIST "installed-files.txt"
!define SHORTCUT "$SMPROGRAMS\APQ Desktop.lnk"
!define IS_OPEN 2
!define IS_FOREIGN 3
!define IS_OLDER 4

Name "APQ Desktop"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\APQ Desktop"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "APQ Desktop ${VERSION}"
VIProductVersion "${VERSION_OF_FOUR}"
VIAddVersionKey "CompanyName" "APQ Desktop contributors"
VIAddVersionKey "ProductName" "APQ Desktop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs APQ Desktop for the person who runs it"
VIAddVersionKey "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Open APQ Desktop"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro EndWith STATUS
  SetErrorLevel ${STATUS}
  Quit
!macroend

; Windows lets nobody write to a library that a program has loaded: each of our programs loads this one.
!macro StopWhereItIsOpen UN
Function ${UN}StopWhereItIsOpen
  ${Do}
    StrCpy $2 ""
    FindFirst $0 $1 "$INSTDIR\program\python3*.dll"
    ${DoWhile} $1 != ""
      ClearErrors
      FileOpen $3 "$INSTDIR\program\$1" a
      ${If} ${Errors}
        StrCpy $2 "open"
      ${Else}
        FileClose $3
      ${EndIf}
      FindNext $0 $1
    ${Loop}
    FindClose $0
    ${If} $2 == ""
      Return
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "APQ Desktop is open. Close it, then choose Retry.$\r$\n$\r$\nNothing \
      has been changed." /SD IDCANCEL IDRETRY +3
    !insertmacro EndWith ${IS_OPEN}
  ${Loop}
FunctionEnd
!macroend
!insertmacro StopWhereItIsOpen ""
!insertmacro StopWhereItIsOpen "un."

Function RefuseAForeignFolder
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
  ${AndIf} ${FileExists} "$INSTDIR\${LIST}"
    Return
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    Return
  ${EndIf}
  FindFirst $0 $1 "$INSTDIR\*.*"
  ${DoWhile} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      FindClose $0
      MessageBox MB_OK|MB_ICONEXCLAMATION "The folder $INSTDIR holds files that do not belong to APQ Desktop. Choose \
        an empty folder, or a new one.$\r$\n$\r$\nNothing has been changed." /SD IDOK
      !insertmacro EndWith ${IS_FOREIGN}
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
FunctionEnd

Function AskBeforeADowngrade
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${VersionCompare} "$0" "${VERSION}" $1
  ${GetParameters} $2
  ClearErrors
  ${GetOptions} $2 "/DOWNGRADE" $3
  ${IfNot} ${Errors}
  ${OrIf} $1 != 1
    Return
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "APQ Desktop $0 is installed, which is newer than \
    ${VERSION}.$\r$\n$\r$\nIf you go on, the older version takes its place. Your evaluations stay as they are, but the \
    older version may refuse to open those that the newer one has saved.$\r$\n$\r$\nInstall the older version?" \
    /SD IDNO IDYES +3
  !insertmacro EndWith ${IS_OLDER}
FunctionEnd

Function .onInit
  Call RefuseAForeignFolder
  Call StopWhereItIsOpen
  Call AskBeforeADowngrade
FunctionEnd

Function un.onInit
  Call un.StopWhereItIsOpen
FunctionEnd

; The version before clears its own files, and leaves shortcut and registry, which are written again.
Function ClearTheVersionBefore
  Exch $0
  ${If} ${FileExists} "$0\uninstall.exe"
  ${AndIf} ${FileExists} "$0\${LIST}"
    ExecWait '"$0\uninstall.exe" /S /UPGRADE _?=$0' $1
    ${If} $1 != 0
      !insertmacro EndWith ${IS_OPEN}
    ${EndIf}
    Delete "$0\uninstall.exe"
    RMDir "$0"
  ${EndIf}
  Pop $0
FunctionEnd

Function WriteShortcut
  ; With the name by which the task bar knows the window (apq_desktop/ui/window/application.py).
  CreateShortcut "${SHORTCUT}" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\${PROGRAM}"
  !insertmacro ComHlpr_CreateInProcInstance ${CLSID_ShellLink} ${IID_IShellLink} r0 ""
  ${If} $0 P<> 0
    ${IUnknown::QueryInterface} $0 '("${IID_IPersistFile}",.r1)'
    ${IUnknown::QueryInterface} $0 '("${IID_IPropertyStore}",.r2)'
    ${If} $1 P<> 0
    ${AndIf} $2 P<> 0
      ${IPersistFile::Load} $1 '("${SHORTCUT}",${STGM_READWRITE})'
      System::Call '*${SYSSTRUCT_PROPERTYKEY}(${PKEY_AppUserModel_ID})p.r3'
      System::Call '*(&w${NSIS_MAX_STRLEN} "APQDesktop")p.r4'
      System::Call '*${SYSSTRUCT_PROPVARIANT}(${VT_LPWSTR},,r4)p.r5'
      ${IPropertyStore::SetValue} $2 '(r3,r5)'
      ${IPropertyStore::Commit} $2 ""
      ${IPersistFile::Save} $1 '("${SHORTCUT}",1)'
      System::Free $3
      System::Free $4
      System::Free $5
    ${EndIf}
    ${If} $1 P<> 0
      ${IUnknown::Release} $1 ""
    ${EndIf}
    ${If} $2 P<> 0
      ${IUnknown::Release} $2 ""
    ${EndIf}
    ${IUnknown::Release} $0 ""
  ${EndIf}
FunctionEnd

Section "Program"
  SetShellVarContext current
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 != ""
    Push $0
    Call ClearTheVersionBefore
  ${EndIf}
  Push $INSTDIR
  Call ClearTheVersionBefore

  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro InstallFiles
  Call WriteShortcut

  WriteRegStr HKCU "${CLASSES}\.apq" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "APQ Desktop self-evaluation"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "APQ Desktop"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "APQ Desktop contributors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KIBIBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  !insertmacro RemoveFiles
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPGRADE" $1
  ${IfNot} ${Errors}
    SetErrorLevel 0
    Return
  ${EndIf}
  Delete "${SHORTCUT}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ReadRegStr $0 HKCU "${CLASSES}\.apq" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "${CLASSES}\.apq"
  ${EndIf}
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${un.RefreshShellIcons}
SectionEnd
