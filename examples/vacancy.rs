//! Compare a letter with a vacancy: `cargo run --example vacancy -- VACANCY LETTER` prints `{"vacancy": …}`.
//! `OTVET_LEXICON` names a folder of lexicons over the shipped ones.

use otvet::{Analyzer, Lexicon, Options};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(vacancy), Some(letter)) = (paths.next(), paths.next()) else { return Err("usage: vacancy VACANCY LETTER".into()) };
    let options = Options { lexicon_dirs: std::env::var_os("OTVET_LEXICON").map(Into::into).into_iter().collect(), ..Options::default() };
    let analyzer = Analyzer::new(Lexicon::load(&options)?)?;
    let (vacancy, letter) = (std::fs::read_to_string(vacancy)?, std::fs::read_to_string(letter)?);
    let coverage = otvet::vacancy::compare(&analyzer, &vacancy, &letter).map_err(|error| error.to_string())?;
    println!("{}", serde_json::to_string(&serde_json::json!({ "vacancy": coverage }))?);
    Ok(())
}
