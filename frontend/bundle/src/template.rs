//! Text with holes: `{{name}}` is replaced by what the name stands for.

use crate::error::BundleError;

/// A hole's name, and what goes in.
pub(crate) type Value<'a> = (&'static str, &'a str);

/// The template with every hole filled; `file` is named when one cannot be.
pub(crate) fn fill(file: &'static str, template: &str, values: &[Value<'_>]) -> Result<String, BundleError> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        filled.push_str(before);
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(BundleError::UnknownPlaceholder {
                file,
                placeholder: name.to_owned(),
            });
        };
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hole_is_filled_wherever_it_stands() {
        let filled = fill("page", "{{a}} and {{b}}, {{a}}", &[("a", "one"), ("b", "two")]).unwrap();
        assert_eq!(filled, "one and two, one");
    }

    #[test]
    fn what_goes_in_is_not_searched_for_holes() {
        assert_eq!(fill("page", "{{a}}", &[("a", "{{b}}")]).unwrap(), "{{b}}");
    }

    #[test]
    fn an_unknown_hole_is_named() {
        let problem = fill("page", "{{nothing}}", &[]).unwrap_err();
        assert!(
            matches!(problem, BundleError::UnknownPlaceholder { placeholder, .. } if placeholder == "nothing")
        );
    }
}
