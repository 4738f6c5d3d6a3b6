//! What a value of a parsed file begins with. All numbers are in bytes of seven bits.

/// Where it begins in the text and how many bytes it has; before it stands a quotation mark, unless it is a key.
pub const STRING: u8 = 0;
/// A string that is written otherwise than it reads: where it begins and ends in the text, its length and its bytes.
pub const ESCAPED: u8 = 1;
/// The number itself.
pub const POSITIVE: u8 = 2;
/// How much less than zero.
pub const NEGATIVE: u8 = 3;
/// Eight bytes, the lowest first.
pub const FLOAT: u8 = 4;
pub const FALSE: u8 = 5;
pub const TRUE: u8 = 6;
/// How many, and the values.
pub const ARRAY: u8 = 7;
/// How many, and the pairs of a string and a value.
pub const TABLE: u8 = 8;
