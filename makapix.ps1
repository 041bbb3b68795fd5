#!/usr/bin/env pwsh
# ./makapix.ps1 COMMAND …   builds what is out of date, then runs the command (PowerShell 7). Start with: ./makapix.ps1 demo
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$separator = [IO.Path]::PathSeparator
$env:PATH = (Join-Path $root '.tools/bin') + $separator + $env:PATH
if ($IsWindows) { $env:PATH += $separator + (Join-Path $env:ProgramFiles 'mosquitto') }
$tools = Join-Path $root '.tools'
$cli = Join-Path $root 'provisioning/Makapix.Cli/bin/Release/net10.0/makapix.dll'

function Say([string] $text) { [Console]::Error.WriteLine("makapix: $text") }

# Builds $target unless nothing in $folders is newer than the last good build.
function Build([string] $name, [string] $target, [string[]] $folders) {
    $stamp = Join-Path $tools "built-$name"
    if ((Test-Path $stamp) -and (Test-Path $cli)) {
        $since = (Get-Item $stamp).LastWriteTimeUtc
        $newer = $folders | ForEach-Object { Get-ChildItem -Recurse -Path (Join-Path $root $_) } |
            Where-Object { $_.LastWriteTimeUtc -gt $since -and $_.FullName -notmatch '[\\/](bin|obj|TestResults)([\\/]|$)' } | Select-Object -First 1
        $settings = Get-ChildItem (Join-Path $root '*') -Include *.props, global.json, .editorconfig -Force | Where-Object { $_.LastWriteTimeUtc -gt $since }
        if (-not $newer -and -not $settings) { return }
    }
    if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
        Say 'the .NET 10 SDK is not here. Install it (https://dotnet.microsoft.com/download/dotnet/10.0), then run this again.'
        exit 1
    }
    New-Item -ItemType Directory -Force $tools | Out-Null
    Say "building $(Split-Path -Leaf $target) (the first time takes about a minute) …"
    # Made beforehand: a folder is newer than the stamp when something new is put into it.
    $folders | ForEach-Object { Get-ChildItem -Recurse -Filter *.csproj -Path (Join-Path $root $_) } | ForEach-Object { New-Item -ItemType Directory -Force (Join-Path $_.DirectoryName 'bin'), (Join-Path $_.DirectoryName 'obj') } | Out-Null
    New-Item -ItemType File -Force "$stamp.new" | Out-Null
    $log = & dotnet build (Join-Path $root $target) -c Release -v quiet -nologo -nodeReuse:false 2>&1
    if ($LASTEXITCODE -ne 0) {
        # Each error once: the log tells it where it happens, and again in its summary.
        $errors = @($log | ForEach-Object { "$_" } | Where-Object { $_ -match ' error [A-Z]+[0-9]+' } | Sort-Object -Unique)
        $(if ($errors.Count -gt 0) { $errors } else { $log }) | ForEach-Object { [Console]::Error.WriteLine($_) }
        Say 'the build failed; the lines above say why.'
        exit 1
    }
    Move-Item -Force "$stamp.new" $stamp
    if ($name -eq 'all') { (Copy-Item -PassThru $stamp (Join-Path $tools 'built-cli')).LastWriteTimeUtc = (Get-Item $stamp).LastWriteTimeUtc }
}

function BuildAll { Build 'all' 'Makapix.Desktop.slnf' @('firmware', 'provisioning', 'tests', 'certs') }

$command, $rest = $args
switch ($command) {
    'test' {
        BuildAll
        & dotnet $cli setup
        if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
        & dotnet test --solution (Join-Path $root 'Makapix.Desktop.slnf') -c Release --no-build --no-progress @rest 2>&1 | Tee-Object -Variable report
        $status = $LASTEXITCODE
        function Count([string] $key) {
            $lines = @($report | ForEach-Object { "$_" } | Select-String "^\s*${key}:\s*(\d+)")
            if ($lines.Count -gt 0) { [int] $lines[-1].Matches[0].Groups[1].Value } else { 0 }
        }
        $passed = Count 'succeeded'
        $failed = Count 'failed'
        # A run that ended badly without a failed test (a crash, a skipped or an empty project) is a failure all the same.
        if ($failed -eq 0 -and ($status -ne 0 -or (Count 'skipped') -ne 0 -or $passed -eq 0)) { $failed = 1 }
        Write-Output "$passed passed, $failed failed"
        exit [int]($failed -ne 0)
    }
    'bench' {
        BuildAll
        & dotnet $cli setup
        if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
        & dotnet (Join-Path $root 'tests/Makapix.Benchmarks/bin/Release/net10.0/Makapix.Benchmarks.dll') @rest
        exit $LASTEXITCODE
    }
    default {
        Build 'cli' 'provisioning/Makapix.Cli/Makapix.Cli.csproj' @('firmware', 'provisioning', 'certs')
        & dotnet $cli @args
        exit $LASTEXITCODE
    }
}
