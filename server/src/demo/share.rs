//! Shares of a whole.

/// Shares out `total` by weight, so that all shares together are exactly that: what is left over goes to those who
/// would lose most by rounding down, the first of equals first.
pub(super) fn shares(total: usize, weights: &[usize]) -> Vec<usize> {
    let whole: usize = weights.iter().sum::<usize>().max(1);
    let mut shares: Vec<usize> = weights.iter().map(|weight| total * weight / whole).collect();
    let mut by_loss: Vec<usize> = (0..weights.len()).collect();
    by_loss.sort_by_key(|place| std::cmp::Reverse(total * weights[*place] % whole));
    let left = total.saturating_sub(shares.iter().sum());
    for place in by_loss.into_iter().take(left) {
        shares[place] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_nothing_is_given_to_no_weight() {
        assert_eq!(shares(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(shares(7, &[5, 0, 2]), [5, 0, 2]);
        assert_eq!(shares(212, &[26, 33, 37, 25]).iter().sum::<usize>(), 212);
    }
}
