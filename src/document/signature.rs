//! Telling files that are no text by their first bytes. Binary data without a known signature is noticed in `decode`.

/// Signatures at the start of a file, and what such a file is called after «это не текст, а …».
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "документ PDF"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "документ Microsoft Office (DOC, XLS)"),
    (b"{\\rtf", "документ RTF"),
    (b"\x89PNG\r\n\x1A\n", "изображение PNG"),
    (b"\xFF\xD8\xFF", "изображение JPEG"),
    (b"GIF87a", "изображение GIF"),
    (b"GIF89a", "изображение GIF"),
    (b"Rar!\x1A\x07", "архив RAR"),
    (b"7z\xBC\xAF\x27\x1C", "архив 7z"),
    (b"\x1F\x8B\x08", "архив GZIP"),
    (b"\x7FELF", "программа"),
    (b"SQLite format 3\0", "база данных SQLite"),
];

/// How far into a ZIP archive the names of its first members are looked for, in bytes.
const ZIP_WINDOW: usize = 4096;

/// What kind of file the bytes are, in Russian, when their signature says it is no text.
pub(super) fn recognise(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Some(zip_content(&bytes[..bytes.len().min(ZIP_WINDOW)]));
    }
    SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)
}

/// Office documents are ZIP archives; the names of their members tell which.
fn zip_content(head: &[u8]) -> &'static str {
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if holds(b"word/") {
        "документ Word (DOCX)"
    } else if holds(b"xl/") {
        "таблица Excel (XLSX)"
    } else if holds(b"opendocument.text") {
        "документ OpenDocument (ODT)"
    } else if holds(b"opendocument.spreadsheet") {
        "таблица OpenDocument (ODS)"
    } else if holds(b"[Content_Types].xml") {
        "документ Microsoft Office (DOCX, XLSX)"
    } else {
        "архив ZIP"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_pictures_and_archives_have_names() {
        for (bytes, what) in [
            (&b"%PDF-1.7\n%\xE2\xE3"[..], "документ PDF"),
            (b"PK\x03\x04\x14\0\x06\0..[Content_Types].xml..word/document.xml", "документ Word (DOCX)"),
            (b"PK\x03\x04\x14\0\x06\0..xl/workbook.xml", "таблица Excel (XLSX)"),
            (b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text", "документ OpenDocument (ODT)"),
            (b"PK\x03\x04photo.bin", "архив ZIP"),
            (b"\x89PNG\r\n\x1A\n\0\0", "изображение PNG"),
            (b"\xFF\xD8\xFF\xE0", "изображение JPEG"),
        ] {
            assert_eq!(recognise(bytes), Some(what));
        }
    }

    #[test]
    fn prose_is_no_file_of_another_kind() {
        for text in ["", "PK — так у нас звали руководителя", "7zip освоил сам", "GIF для отчёта", "%"]
        {
            assert_eq!(recognise(text.as_bytes()), None, "{text}");
        }
    }
}
