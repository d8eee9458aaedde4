@echo off
rem The command line of the installed app. A batch file waits for the program and passes its exit code on.
setlocal
if "%~1"=="" goto help
"%~dp0..\..\sockscope.exe" --headless --sockscope-command %*
exit /b
:help
"%~dp0..\..\sockscope.exe" --headless --sockscope-command --help
exit /b
