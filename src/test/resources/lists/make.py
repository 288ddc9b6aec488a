#!/usr/bin/env python3
"""Makes the lists beside it, byte for byte: python3 make.py. What each must get stands in expected.txt.

Names and addresses are invented. No list here holds a real person's number.
"""
import gzip, pathlib, zipfile

HERE = pathlib.Path(__file__).parent


def put(name, content, encoding='utf-8'):
    (HERE / name).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))


DANISH = 'email;navn;Lånernr.\nsoeren@x.example;Søren Ærø;0042\nase@x.example;Åse Ødegård;7\n'
TWO = 'a@x.example,Anna\nb@x.example,Bo\n'

# The list as a whole
put('empty.csv', b'')
put('only-bom.csv', b'\xef\xbb\xbf')
put('only-blank-lines.csv', '\r\n\n  \n;;;\n')
put('header-only.csv', 'email,name\n')
put('header-and-blank-lines.csv', 'email,name\n\n,\n')
put('no-email-column.csv', 'Navn;Adresse\nAnna;Vej 1\n')
put('no-header.csv', TWO)
put('column-of-letter-missing.csv', 'email,name\n' + TWO)
put('duplicate-column.csv', 'email,name,NAME\na@x.example,Anna,Ann\n')
put('duplicate-column-synonym.csv', 'E-mail;email;navn\na@x.example;a@x.example;Anna\n')
put('excel.csv', b'PK\x03\x04' + bytes(26) + b'[Content_Types].xml')
with zipfile.ZipFile(HERE / 'zip.csv', 'w') as z:
    z.writestr(zipfile.ZipInfo('list.csv'), 'email,name\n' + TWO)
put('gzip.csv', gzip.compress(('email,name\n' + TWO).encode(), mtime=0))
put('pdf.csv', b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
put('old-excel.csv', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(100))
put('too-many-rows.csv', 'email,name\n' + ''.join(f'p{i}@x.example,P {i}\n' for i in range(11)))
put('too-many-bytes.csv', 'email,name\n' + 'a@x.example,' + 'a' * 4000 + '\n' + 'b@x.example,' + 'b' * 4000 + '\n')
put('bad-utf-8.csv', 'email,name\na@x.example,Åse\n'.encode() + b'b@x.example,B\xf8\n')
put('both-encodings.csv', 'email,name\n'.encode() + b'a@x.example,S\xf8ren\n' + 'b@x.example,Søren\n'.encode())
put('no-character-in-windows-1252.csv', b'email,name\na@x.example,S\xf8ren \x81\n')
put('bom-then-windows-1252.csv', b'\xef\xbb\xbfemail,name\na@x.example,S\xf8ren\n')
put('cut-character.csv', 'email,name\na@x.example,Åse\nb@x.example,Bo'.encode() + b'\xc3')
put('utf-16-no-bom.csv', 'email,name\n' + TWO, 'utf-16-le')
put('utf-16-lone-surrogate.csv', '\ufeffemail,name\na@x.example,'.encode('utf-16-le') + b'\x00\xd8A\x00\n\x00')
put('utf-16-half-a-unit.csv', ('\ufeffemail,name\n' + TWO).encode('utf-16-le') + b'a')
put('nul.csv', b'email,name\na@x.example,Anna\nb@x.example,B\0o\n')
put('unclosed-quote.csv', 'email,name\na@x.example,Anna\nb@x.example,"Bo\nc@x.example,Carl\nd@x.example,Dora\n')
put('unclosed-quote-closed-by-the-next.csv', 'email,name\na@x.example,Anna\nb@x.example,"Bo\nc@x.example,"Carl"\n')
put('unclosed-quote-closed-by-chance.csv', 'email,name\na@x.example,"Anna\nb@x.example,Bo\nc@x.example,Carl"\n')
put('text-after-quote.csv', 'email,name\na@x.example,"Anna" Hansen\n')
put('unclosed-quote-after-newlines.csv', 'email,name\n\na@x.example,"Anna\nHansen"\nb@x.example,"Bo\n')
put('no-separator.csv', 'email|name\na@x.example|Anna\n')
put('one-column.csv', 'email\na@x.example\n')
put('cpr-column.csv', 'email,Barnets CPR-nr.\na@x.example,\n')
put('cpr-column-spelt-out.csv', 'email,C.P.R.\na@x.example,\n')
put('cpr-hyphenated-column.csv', 'email,no\n' + ''.join(f'p{i}@x.example,0102{i:02}-1234\n' for i in range(60, 62)) + 'p@x.example,1\n')
put('cpr-bare-column.csv', 'email,no\n' + ''.join(f'p{i}@x.example,0102{i:02}1234\n' for i in range(60, 64)))
put('different-rows.csv', 'email,name,member_no\na@x.example,Anna,1\nb@x.example,Bo,2\nA@X.example,anna,3\n')
put('written-to-and-not.csv', 'email,name,do_not_write\na@x.example,Anna,\na@x.example,Anna,moved\n')
put('several-problems.csv', 'email,name,Name,cprnr\na,Anna,,\nb@x.example,Bo\n')

# Accepted
put('utf-8.csv', DANISH)
put('utf-8-bom.csv', DANISH, 'utf-8-sig')
put('utf-16-le.csv', '\ufeff' + DANISH, 'utf-16-le')
put('utf-16-be.csv', '\ufeff' + DANISH, 'utf-16-be')
put('windows-1252.csv', DANISH, 'cp1252')
put('comma.csv', DANISH.replace(';', ','))
put('tab.csv', DANISH.replace(';', '\t'))
put('crlf.csv', DANISH.replace('\n', '\r\n'))
put('cr.csv', DANISH.replace('\n', '\r'))
put('mixed-line-ends.csv', 'email;navn;Lånernr.\r\nsoeren@x.example;Søren Ærø;0042\rase@x.example;Åse Ødegård;7\n')
put('no-last-line-end.csv', DANISH.rstrip('\n'))
put('decomposed.csv', DANISH.replace('å', 'a\u030a').replace('Å', 'A\u030a'))
put('spreadsheet-leftovers.csv', 'email;navn;Lånernr.;;\nsoeren@x.example;Søren Ærø;0042;;\nase@x.example;Åse Ødegård;7;;\n;;;;\n;;;;\n\n')
put('header-spellings.csv', 'E-MAIL; Navn ;LÅNERNR\nsoeren@x.example; Søren Ærø\u00a0;0042\nase@x.example;Åse Ødegård;7\n')
put('quoted.csv', '"email";"navn";"Lånernr."\n"soeren@x.example";"Søren Ærø";"0042"\n"ase@x.example";"Åse Ødegård" ;"7"\n')
put('quoted-content.csv', 'email,name,address\r\na@x.example,"Hansen, ""Anna""","Vej 1\r\n8000 Aarhus"\r\nb@x.example,Bo "Bob" B,"a;b"\r\n')
put('blank-lines-count.csv', 'email,name\n\na@x.example,"An\nna"\n\nnot-an-address,Bo\n')

# Rows
put('width.csv', 'email,name,city\na@x.example,Anna\nb@x.example,Bo,Aarhus,8000\nc@x.example,Carl,Odense\n')
put('unnamed-column.csv', 'email,,name\na@x.example,,Anna\nb@x.example,note,Bo\n')
put('field-too-long.csv', 'email,name\na@x.example,' + 'a' * 4096 + '\nb@x.example,' + 'b' * 4097 + '\nc@x.example,Carl\n')
put('huge-field.csv', 'email,name\na@x.example,"' + 'a\n' * 100_000 + '"\nb@x.example,Bo\n')
put('missing-value.csv', 'email,name,member_no\na@x.example,Anna,\nb@x.example,Bo,2\n')
put('recipient-id-missing.csv', 'recipient_id,email,name\n1,a@x.example,Anna\n,b@x.example,Bo\n')
put('control-character.csv', 'email,name\na@x.example,An\x07na\nb@x.example,B\u0085o\nc@x.example,"Ca\trl\n"\n')
put('cpr-value.csv', 'email,name\na@x.example,Anna\nb@x.example,Bo 010260-1234\nc@x.example,Carl\n')
put('cpr-shaped.csv', 'email,member_no\na@x.example,0102601234\nb@x.example,4102601234\nc@x.example,3\n')
put('locale.csv', 'email,name,sprog\na@x.example,Anna,\nb@x.example,Bo,en\nc@x.example,Carl,xx\n')
put('do-not-write.csv', 'email,name,do_not_write\na@x.example,Anna,nej\n,Bo,deceased\nc@x.example,Carl,\n')

# Addresses, duplicates
put('addresses.csv', 'email,name\n,Anna\nb,Bo\nc@x.example;d@x.example,Carl\nå@x.example,Dora\ne@ærø.dk,Eva\n'
    + 'f@p\u0430ypal.example,Finn\n"g@x.example\r\nBcc: h@x.example",Gerda\nh\u200b@x.example,Hans\n')
put('bad-addresses.csv', 'email,name\n' + ''.join(f'{address},P {i}\n' for i, address in enumerate([
    'anna.x.example', 'a@b@x.example', 'a.@x.example', 'a..b@x.example', 'a@x.example.', 'a' * 65 + '@x.example',
    'a@' + ('d' * 61 + '.') * 4 + 'example', 'a@localhost', 'a@[192.0.2.1]', 'Anna <a@x.example>', 'Bcc:a@x.example',
    '"a@x.example\n"', '\u200fa@x.example', 'a@p\u03b1ypal.example', 'søren@x.example', '"a@x.example, b@x.example"', ' '])))
put('duplicate.csv', 'email,name\na@x.example,Anna  Ø\nb@x.example,Bo\nA@X.EXAMPLE, Anna  Ø \n')
put('shared-mailbox.csv', 'email,name\na@x.example,Anna\na@x.example,Bo\n')
put('two-children.csv', 'email,name,about\na@x.example,Anna,Ida\na@x.example,Anna,Per\n')
put('same-recipient-id.csv', 'recipient_id,email,name\n1,a@x.example,Anna\n1,b@x.example,Anna\n')
