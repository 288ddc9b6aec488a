#!/usr/bin/env bash
# Saves people.fods as LibreOffice does, in each encoding, separator and quoting, and as workbooks: make.sh [FOLDER]
# The folder is this one where none is named. One start of LibreOffice, with a profile of its own.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(mkdir -p "${1:-$here}" && cd "${1:-$here}" && pwd)
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

mkdir -p "$profile/user/basic/Standard"
cat > "$profile/user/basic/script.xlc" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>
XML
cat > "$profile/user/basic/Standard/script.xlb" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Lists"/>
</library:library>
XML
# Danish, and not new: a new profile is filled from a template, over this macro.
cat > "$profile/user/registrymodifications.xcu" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
 <item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>da-DK</value></prop></item>
</oor:items>
XML
# A CSV filter's options: separator and quotation mark by code, encoding by number, first line, columns, language, all text quoted.
cat > "$profile/user/basic/Standard/Lists.xba" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Lists" script:language="StarBasic">
Sub Save(source As String, folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  separators = Array("comma", "44", "semicolon", "59", "tab", "9")
  encodings = Array("utf-8", "76", "windows-1252", "1", "utf-16", "65535")
  quotings = Array("as-needed", "false", "quoted", "true")
  For s = 0 To 5 Step 2
    For e = 0 To 5 Step 2
      For q = 0 To 3 Step 2
        file = folder &amp; "/" &amp; encodings(e) &amp; "-" &amp; separators(s) &amp; "-" &amp; quotings(q) &amp; ".csv"
        Keep(book, file, "Text - txt - csv (StarCalc)", _
          separators(s + 1) &amp; ",34," &amp; encodings(e + 1) &amp; ",1,,0," &amp; quotings(q + 1) &amp; ",true,false")
      Next q
    Next e
  Next s
  Keep(book, folder &amp; "/people.xlsx", "Calc MS Excel 2007 XML", "")
  Keep(book, folder &amp; "/people.xls", "MS Excel 97", "")
  Keep(book, folder &amp; "/people.ods", "calc8", "")
  book.close(True)
End Sub

Sub Keep(book, file As String, filter As String, options As String)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = filter
  how(1).Name = "FilterOptions"
  how(1).Value = options
  book.storeToURL(ConvertToURL(file), how())
End Sub
</script:module>
XML

soffice --headless --norestore --nologo --nolockcheck "-env:UserInstallation=file://$profile" \
  "macro:///Standard.Lists.Save(\"$here/people.fods\",\"$out\")"
