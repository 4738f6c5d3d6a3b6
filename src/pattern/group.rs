//! Groups of literals of which a pattern needs one, known by number: where a group stands in a text is noted once for all patterns that share it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::vocabulary::LiteralId;

/// Sorted literals without doubles. Groups of the same literals are the same.
#[derive(Debug, Clone)]
pub(super) enum Group {
    /// Most words of patterns have one name.
    One(LiteralId),
    Many {
        keys: Arc<[LiteralId]>,
        number: u32,
    },
}

/// The groups of more than one literal met so far.
static GROUPS: LazyLock<Mutex<FxHashMap<Arc<[LiteralId]>, u32>>> = LazyLock::new(Mutex::default);
/// How many they are: asked without waiting.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// How many numbers of groups were given out.
pub(super) fn groups() -> usize {
    COUNT.load(Ordering::Relaxed)
}

impl Group {
    pub(super) fn new(mut keys: Vec<LiteralId>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        if let [key] = keys.as_slice() {
            return Self::One(*key);
        }
        let mut groups = GROUPS.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = groups.len() as u32;
        let keys: Arc<[LiteralId]> = keys.into();
        let (keys, number) = match groups.get_key_value(&keys) {
            Some((known, number)) => (Arc::clone(known), *number),
            None => {
                groups.insert(Arc::clone(&keys), fresh);
                COUNT.store(groups.len(), Ordering::Relaxed);
                (keys, fresh)
            }
        };
        Self::Many { keys, number }
    }
}
