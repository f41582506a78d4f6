# ruff: noqa: E501 - command lines are as long as they are
"""Programs that a made firm's people and computers run, each with its command line and who starts it."""

SYSTEM32 = "C:\\Windows\\System32"
PROGRAMS = "C:\\Program Files"
EXPLORER = "C:\\Windows\\explorer.exe"
SERVICES = f"{SYSTEM32}\\services.exe"
SVCHOST = f"{SYSTEM32}\\svchost.exe"

# Each: image, command line after it, parent; {home} {word} {hex} {n} are filled in.
EVERYBODY = (
    (f"{PROGRAMS}\\Google\\Chrome\\Application\\chrome.exe", "--type=renderer --field-trial-handle={n} --lang=ko", f"{PROGRAMS}\\Google\\Chrome\\Application\\chrome.exe"),
    (f"{PROGRAMS} (x86)\\Microsoft\\Edge\\Application\\msedge.exe", "--type=utility --utility-sub-type=network.mojom.NetworkService --mojo={n}", f"{PROGRAMS} (x86)\\Microsoft\\Edge\\Application\\msedge.exe"),
    (f"{SYSTEM32}\\RuntimeBroker.exe", "-Embedding", SVCHOST),
    (f"{SYSTEM32}\\backgroundTaskHost.exe", "-ServerName:App.AppX{hex}.mca", SVCHOST),
    (f"{SYSTEM32}\\SearchProtocolHost.exe", "Global\\UsGthrFltPipeMssGthrPipe{n}_ Global\\UsGthrCtrlFltPipeMssGthrPipe{n}", f"{SYSTEM32}\\SearchIndexer.exe"),
    (f"{SYSTEM32}\\taskhostw.exe", "Install $(Arg0)", SVCHOST),
    (f"{SYSTEM32}\\conhost.exe", "0xffffffff -ForceV1", f"{SYSTEM32}\\cmd.exe"),
    (f"{PROGRAMS}\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE", "", EXPLORER),
    (f"{PROGRAMS}\\Microsoft Office\\root\\Office16\\EXCEL.EXE", '"{home}\\Documents\\{word}.xlsx"', EXPLORER),
    (f"{PROGRAMS}\\Microsoft Office\\root\\Office16\\WINWORD.EXE", '/n "{home}\\Documents\\{word}.docx"', EXPLORER),
    (f"{PROGRAMS} (x86)\\Hnc\\Office 2022\\HOffice120\\Bin\\Hwp.exe", '"{home}\\Documents\\{word}.hwp"', EXPLORER),
    (f"{PROGRAMS}\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe", '"{home}\\Downloads\\{word}.pdf"', EXPLORER),
    (f"{PROGRAMS}\\Zoom\\bin\\Zoom.exe", "--url=zoommtg://zoom.us/join?confno={n}", EXPLORER),
    (f"{PROGRAMS}\\7-Zip\\7zFM.exe", '"{home}\\Downloads\\{word}.zip"', EXPLORER),
    (f"{SYSTEM32}\\splwow64.exe", "8192", f"{PROGRAMS}\\Microsoft Office\\root\\Office16\\WINWORD.EXE"),
    (f"{SYSTEM32}\\notepad.exe", "{home}\\Desktop\\{word}.txt", EXPLORER),
    (f"{SYSTEM32}\\mstsc.exe", "/v:app{n}.firm.example", EXPLORER),
    (f"{PROGRAMS}\\Microsoft Office\\root\\Office16\\POWERPNT.EXE", '"{home}\\OneDrive - Firm\\{word}.pptx"', EXPLORER),
    (f"{SYSTEM32}\\SnippingTool.exe", "", EXPLORER),
    (f"{SYSTEM32}\\calc.exe", "", EXPLORER),
)  # fmt: skip
SYSTEM = (
    (SVCHOST, "-k netsvcs -p -s {word}", SERVICES),
    (f"{PROGRAMS} (x86)\\Google\\Update\\GoogleUpdate.exe", "/ua /installsource scheduler", SVCHOST),
    (f"{SYSTEM32}\\wuauclt.exe", "/RunHandlerComServer", SVCHOST),
    ("C:\\Windows\\servicing\\TrustedInstaller.exe", "", SERVICES),
    (f"{SYSTEM32}\\MoUsoCoreWorker.exe", "-Embedding", SVCHOST),
    ("C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18\\MpCmdRun.exe", "SignatureUpdate -ScheduleJob", SVCHOST),
    (f"{SYSTEM32}\\gpupdate.exe", "/target:computer", SVCHOST),
    (f"{SYSTEM32}\\msiexec.exe", "/V", SERVICES),
    (f"{PROGRAMS}\\Common Files\\Microsoft Shared\\ClickToRun\\OfficeC2RClient.exe", "/update SCHEDULEDTASK displaylevel=False", SVCHOST),
)  # fmt: skip
_DEVELOPER = (
    ("{home}\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe", "--type=renderer --vscode-window-config=vscode:{hex}", "{home}\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe"),
    (f"{PROGRAMS}\\Git\\cmd\\git.exe", "-c core.quotepath=false status -z -u", "{home}\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe"),
    (f"{PROGRAMS}\\Git\\cmd\\git.exe", "fetch origin {word}", f"{SYSTEM32}\\cmd.exe"),
    (f"{PROGRAMS}\\nodejs\\node.exe", '"{home}\\AppData\\Roaming\\npm\\node_modules\\eslint\\bin\\eslint.js" src\\{word}', f"{SYSTEM32}\\cmd.exe"),
    (f"{PROGRAMS}\\nodejs\\node.exe", "C:\\src\\{word}\\node_modules\\vite\\bin\\vite.js --port {n}", f"{SYSTEM32}\\cmd.exe"),
    ("{home}\\AppData\\Local\\Programs\\Python\\Python311\\python.exe", "-m pytest C:\\src\\{word}\\tests -k {word}", f"{SYSTEM32}\\cmd.exe"),
    ("{home}\\AppData\\Local\\Programs\\Python\\Python311\\python.exe", "-m pip install -r C:\\src\\{word}\\requirements.txt", f"{SYSTEM32}\\cmd.exe"),
    (f"{PROGRAMS}\\Docker\\Docker\\resources\\bin\\docker.exe", "compose -f C:\\src\\{word}\\compose.yaml up -d", f"{SYSTEM32}\\cmd.exe"),
    (f"{PROGRAMS}\\Microsoft Visual Studio\\2022\\Professional\\MSBuild\\Current\\Bin\\MSBuild.exe", "C:\\src\\{word}\\{word}.sln /m /p:Configuration=Release", f"{PROGRAMS}\\Microsoft Visual Studio\\2022\\Professional\\Common7\\IDE\\devenv.exe"),
    (f"{SYSTEM32}\\OpenSSH\\ssh.exe", "build{n}.firm.example", f"{SYSTEM32}\\cmd.exe"),
)  # fmt: skip
_ENGINEER = (
    (f"{PROGRAMS}\\CAD Suite\\cad.exe", '"P:\\projects\\{word}\\{word}.dwg"', EXPLORER),
    (f"{PROGRAMS}\\CAD Suite\\render.exe", "--job {hex} --threads {n}", f"{PROGRAMS}\\CAD Suite\\cad.exe"),
    (f"{PROGRAMS}\\MATLAB\\R2029b\\bin\\matlab.exe", "-r run('{word}')", EXPLORER),
    (f"{SYSTEM32}\\cmd.exe", "/c P:\\tools\\convert.bat {word}.stp", f"{PROGRAMS}\\CAD Suite\\cad.exe"),
)
_ADMIN = (
    (
        f"{SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe",
        "-File \\\\files.firm.example\\scripts\\inventory.ps1 -Site {word}",
        SVCHOST,
    ),
    (f"{SYSTEM32}\\mmc.exe", f"{SYSTEM32}\\dsa.msc", EXPLORER),
    (
        f"{SYSTEM32}\\Robocopy.exe",
        "\\\\files.firm.example\\share\\{word} D:\\backup\\{word} /mir /r:1",
        f"{SYSTEM32}\\cmd.exe",
    ),
    (f"{SYSTEM32}\\PING.EXE", "-n 4 app{n}.firm.example", f"{SYSTEM32}\\cmd.exe"),
    (f"{PROGRAMS} (x86)\\AnyDesk\\AnyDesk.exe", "--control", EXPLORER),
    (f"{SYSTEM32}\\nslookup.exe", "ws-{n}.firm.example", f"{SYSTEM32}\\cmd.exe"),
    (
        f"{SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe",
        "Get-ADUser -Filter * -SearchBase OU={word}",
        EXPLORER,
    ),
)
OF_TRADE = {"developer": _DEVELOPER, "engineer": _ENGINEER, "research": _ENGINEER, "admin": _ADMIN}
"""Kind of work to the programs of those who do it, beside everybody's."""
