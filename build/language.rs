//! What compiling patterns needs of the language layer.

#[path = "../src/language/features.rs"]
mod features;
#[path = "../src/language/morphology.rs"]
mod morphology;

pub use features::Features;
pub use morphology::{Analysis, Morphology, fold};
