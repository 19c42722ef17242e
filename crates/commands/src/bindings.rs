//! The wire structs and the table of methods as TypeScript.
//!
//! **Invariant:** every struct that a method takes or gives is in the text, with everything it is made of.

use std::collections::BTreeMap;

use domain::{citizen_card::CitizenCard, household, scalar::Scalar};
use ts_rs::{Config as TsConfig, TS, TypeVisitor};

use crate::fault::Fault;
use crate::router::with_methods;
use crate::wire::{
    Nothing, app::*, bundle::*, config::*, conflict::*, draft::*, earlier::*, home::*, household::*,
    meeting::*, merging::*, minutes::*, people::*, photo::*, procedure::*, programme::*, sync::*, verify::*,
};

/// Where the text is kept, from this crate's folder.
pub const PATH: &str = "../../ui/src/bindings/index.ts";

const HEADER: &str = "// Generated from the structs of crates/commands; do not edit.\n\
                      // To write it anew: RASOAT_WRITE_BINDINGS=1 cargo nextest run -p commands bindings\n";

/// Declarations by name.
struct Collected {
    config: TsConfig,
    types: BTreeMap<String, String>,
}

impl TypeVisitor for Collected {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let declared = T::output_path().is_some();
        if declared {
            let name = T::ident(&self.config);
            let docs = T::docs().unwrap_or_default();
            let text = format!("{docs}export {}\n", T::decl(&self.config));
            if let Some(known) = self.types.get(&name) {
                assert_eq!(*known, text, "two types are called {name}");
                return;
            }
            self.types.insert(name, text);
        }
        T::visit_generics(self);
        // A wrapper such as `Vec<T>` passes on the dependencies of T without end when T holds itself; T is visited above.
        if declared {
            T::visit_dependencies(self);
        }
    }
}

macro_rules! method_types {
    ($($name:literal => $module:ident :: $verb:ident ($params:ty) -> $answer:ty;)+) => {
        fn methods(seen: &mut Collected) -> String {
            let mut lines = String::new();
            $(
                seen.visit::<$params>();
                seen.visit::<$answer>();
                let (params, answer) = (<$params>::name(&seen.config), <$answer>::name(&seen.config));
                lines.push_str(&format!("  {:?}: {{ params: {params}; answer: {answer} }};\n", $name));
            )+
            lines
        }
    };
}
with_methods!(method_types);

/// The whole TypeScript text.
pub fn text() -> String {
    let mut seen = Collected { config: TsConfig::new().with_large_int("number"), types: BTreeMap::new() };
    let methods = methods(&mut seen);
    seen.visit::<Fault>();
    visit_maps(&mut seen);
    let types: Vec<&str> = seen.types.values().map(String::as_str).collect();
    let types = types.join("\n");
    format!(
        "{HEADER}\n{types}\n/** Every method with what it takes and gives. */\nexport interface Methods {{\n{methods}}}\n"
    )
}

/// The values of maps, which are written as text in the structs that hold them.
fn visit_maps(seen: &mut Collected) {
    seen.visit::<Scalar>();
    seen.visit::<household::Member>();
    seen.visit::<household::ReviewRecord>();
    seen.visit::<household::Visit>();
    seen.visit::<household::Step>();
    seen.visit::<household::Comment>();
    seen.visit::<household::Choice>();
    seen.visit::<household::Support>();
    seen.visit::<household::Photo>();
    seen.visit::<domain::meeting::Session>();
    seen.visit::<domain::meeting::Attendee>();
    seen.visit::<domain::meeting::Vote>();
    seen.visit::<domain::state::State>();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bindings_are_those_committed() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
        let text = text();
        if std::env::var_os("RASOAT_WRITE_BINDINGS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "the bindings differ: run with RASOAT_WRITE_BINDINGS=1 and commit");
    }
}
