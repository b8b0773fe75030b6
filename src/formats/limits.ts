/**
 * Bytes of a text, Markdown or HTML file, and of a .docx's largest part once unpacked: two thousand novels' worth of
 * words is a database, and a tree of so much HTML would not fit a tab.
 */
export const MAX_TEXT_BYTES = 64 * 2 ** 20;
/** Bytes of a whole .docx once unpacked, pictures included. */
export const MAX_UNPACKED_BYTES = 512 * 2 ** 20;
/** What a part of a .docx that declares less may hold: a broken file, but no danger. */
export const HARMLESS_BYTES = 2 ** 20;
/** Sections of one document, as many as there may be pages of a PDF; the rest is left out, and said. */
export const MAX_SECTIONS = 10_000;
/** Open elements: browsers stop nesting here too. Deeper elements are dropped, their text is kept. */
export const MAX_DEPTH = 512;
/** Elements of an HTML file, at about 300 bytes each in memory; the tags behind them are dropped, their text is kept. */
export const MAX_ELEMENTS = 2_000_000;
