//! A TOML file of the shipped lexicons, parsed when the program was built.
//!
//! `build/tree.rs` writes what this reads: a value is a byte that says what it is (`tag`) and what belongs to it. A string is a place in
//! the text of the file, so it is neither stored nor checked twice, and its span is known. Read by `serde`, like the TOML itself.

mod tag;

use std::ops::Range;

use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error, MapAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_spanned::de::{SpannedDeserializer, is_spanned};

/// Read a parsed file. `None` if it does not hold what is expected: the parser of TOML then says what is wrong, and where.
pub fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8], text: &'de str) -> Option<T> {
    T::deserialize(&mut Tree { bytes, text }).ok()
}

/// What of a file is still to be read.
struct Tree<'de> {
    bytes: &'de [u8],
    text: &'de str,
}

impl<'de> Tree<'de> {
    fn byte(&mut self) -> Result<u8, Error> {
        let (first, rest) = self.bytes.split_first().ok_or_else(damaged)?;
        self.bytes = rest;
        Ok(*first)
    }

    fn take(&mut self, length: usize) -> Result<&'de [u8], Error> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or_else(damaged)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u64, Error> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 || shift > 63 {
                return Ok(number);
            }
        }
    }

    fn size(&mut self) -> Result<usize, Error> {
        Ok(self.number()? as usize)
    }

    /// A string of the text and where it begins.
    fn slice(&mut self) -> Result<(usize, &'de str), Error> {
        let (start, length) = (self.size()?, self.size()?);
        let end = start.checked_add(length).ok_or_else(damaged)?;
        Ok((start, self.text.get(start..end).ok_or_else(damaged)?))
    }

    /// A string that is written otherwise, and where it stands.
    fn escaped(&mut self) -> Result<(Range<usize>, &'de str), Error> {
        let (start, end, length) = (self.size()?, self.size()?, self.size()?);
        Ok((start..end, std::str::from_utf8(self.take(length)?).map_err(Error::custom)?))
    }

    fn next_is(&self, tag: u8) -> bool {
        self.bytes.first() == Some(&tag)
    }
}

fn damaged() -> Error {
    Error::custom("not as the build writes it")
}

impl<'de> Deserializer<'de> for &mut Tree<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            tag::STRING => visitor.visit_borrowed_str(self.slice()?.1),
            tag::ESCAPED => visitor.visit_borrowed_str(self.escaped()?.1),
            tag::POSITIVE => visitor.visit_u64(self.number()?),
            tag::NEGATIVE => visitor.visit_i64(-(self.number()? as i64)),
            tag::FLOAT => visitor.visit_f64(f64::from_le_bytes(self.take(8)?.try_into().map_err(Error::custom)?)),
            tag::FALSE => visitor.visit_bool(false),
            tag::TRUE => visitor.visit_bool(true),
            tag::ARRAY => visitor.visit_seq(Items { left: self.size()?, tree: self }),
            tag::TABLE => visitor.visit_map(Items { left: self.size()?, tree: self }),
            _ => Err(damaged()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(self, name: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if !is_spanned(name) {
            return self.deserialize_any(visitor);
        }
        // Only strings are asked for their places.
        let (span, text) = match self.byte()? {
            tag::STRING => self.slice().map(|(start, text)| (start.saturating_sub(1)..start + text.len() + 1, text))?,
            tag::ESCAPED => self.escaped()?,
            _ => return Err(damaged()),
        };
        visitor.visit_map(SpannedDeserializer::new(BorrowedStrDeserializer::<Error>::new(text), span))
    }

    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if self.next_is(tag::TABLE) {
            self.byte()?;
            let items = Items { left: self.size()?, tree: self };
            return visitor.visit_enum(MapAccessDeserializer::new(items));
        }
        let name: &str = Deserialize::deserialize(self)?;
        visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(name))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

/// The values of an array, or the pairs of a table.
struct Items<'t, 'de> {
    tree: &'t mut Tree<'de>,
    left: usize,
}

impl<'de> Items<'_, 'de> {
    fn next<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.tree).map(Some)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.next(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(&mut *self.tree)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}
