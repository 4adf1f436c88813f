//! Invented names, with the sound their logins are spelt by.

use std::collections::HashSet;

use super::seed::{Choices, Seed};

/// A character and its sound.
type Sound = (&'static str, &'static str);

#[rustfmt::skip]
const FAMILY: [Sound; 60] = [
    ("赵", "zhao"), ("钱", "qian"), ("孙", "sun"), ("李", "li"), ("周", "zhou"), ("吴", "wu"), ("郑", "zheng"), ("王", "wang"),
    ("冯", "feng"), ("陈", "chen"), ("褚", "chu"), ("卫", "wei"), ("蒋", "jiang"), ("沈", "shen"), ("韩", "han"), ("杨", "yang"),
    ("朱", "zhu"), ("秦", "qin"), ("尤", "you"), ("许", "xu"), ("何", "he"), ("吕", "lv"), ("施", "shi"), ("张", "zhang"),
    ("孔", "kong"), ("曹", "cao"), ("严", "yan"), ("华", "hua"), ("金", "jin"), ("魏", "wei"), ("陶", "tao"), ("姜", "jiang"),
    ("戚", "qi"), ("谢", "xie"), ("邹", "zou"), ("喻", "yu"), ("柏", "bai"), ("窦", "dou"), ("章", "zhang"), ("苏", "su"),
    ("潘", "pan"), ("葛", "ge"), ("范", "fan"), ("彭", "peng"), ("鲁", "lu"), ("韦", "wei"), ("马", "ma"), ("苗", "miao"),
    ("方", "fang"), ("俞", "yu"), ("任", "ren"), ("袁", "yuan"), ("柳", "liu"), ("唐", "tang"), ("罗", "luo"), ("薛", "xue"),
    ("雷", "lei"), ("贺", "he"), ("倪", "ni"), ("汤", "tang"),
];

#[rustfmt::skip]
const MIDDLE: [Sound; 40] = [
    ("文", "wen"), ("志", "zhi"), ("建", "jian"), ("国", "guo"), ("海", "hai"), ("晓", "xiao"), ("永", "yong"), ("春", "chun"),
    ("立", "li"), ("德", "de"), ("明", "ming"), ("秀", "xiu"), ("玉", "yu"), ("俊", "jun"), ("少", "shao"), ("思", "si"),
    ("景", "jing"), ("新", "xin"), ("长", "chang"), ("庆", "qing"), ("书", "shu"), ("远", "yuan"), ("静", "jing"), ("雪", "xue"),
    ("子", "zi"), ("若", "ruo"), ("天", "tian"), ("锦", "jin"), ("振", "zhen"), ("宏", "hong"), ("兴", "xing"), ("丽", "li"),
    ("佳", "jia"), ("凤", "feng"), ("云", "yun"), ("光", "guang"), ("守", "shou"), ("良", "liang"), ("正", "zheng"), ("安", "an"),
];

#[rustfmt::skip]
const LAST: [Sound; 40] = [
    ("华", "hua"), ("军", "jun"), ("平", "ping"), ("梅", "mei"), ("林", "lin"), ("峰", "feng"), ("芳", "fang"), ("涛", "tao"),
    ("伟", "wei"), ("敏", "min"), ("强", "qiang"), ("辉", "hui"), ("燕", "yan"), ("斌", "bin"), ("霞", "xia"), ("宁", "ning"),
    ("宇", "yu"), ("洁", "jie"), ("航", "hang"), ("琳", "lin"), ("松", "song"), ("兰", "lan"), ("刚", "gang"), ("悦", "yue"),
    ("成", "cheng"), ("山", "shan"), ("波", "bo"), ("萍", "ping"), ("诚", "cheng"), ("楠", "nan"), ("勇", "yong"), ("颖", "ying"),
    ("川", "chuan"), ("柱", "zhu"), ("娟", "juan"), ("毅", "yi"), ("瑶", "yao"), ("铭", "ming"), ("岩", "yan"), ("舟", "zhou"),
];

/// Two whose names few typewriters have.
const RARE: [(&str, &str); 2] = [("周㛃", "zhoujie"), ("许𬱟", "xuwei")];

/// A person's name and how it sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) written: String,
    pub(super) sound: String,
}

/// Gives out names, none of them twice.
#[derive(Debug)]
pub(super) struct Names {
    choices: Choices,
    given: HashSet<String>,
    rare: std::array::IntoIter<(&'static str, &'static str), 2>,
}

impl Names {
    pub(super) fn new(seed: Seed, taken: impl IntoIterator<Item = &'static str>) -> Self {
        let given = taken.into_iter().map(str::to_owned).collect();
        Self {
            choices: seed.choices("names"),
            given,
            rare: RARE.into_iter(),
        }
    }

    /// A name few typewriters have, while there are some; else an ordinary one.
    pub(super) fn rare(&mut self) -> Name {
        match self.rare.next() {
            Some((written, sound)) => Name {
                written: written.to_owned(),
                sound: sound.to_owned(),
            },
            None => self.next(),
        }
    }

    pub(super) fn next(&mut self) -> Name {
        loop {
            let [family, middle, last] =
                [&FAMILY[..], &MIDDLE[..], &LAST[..]].map(|list| *self.choices.one(list));
            // Every seventh has a name of two characters.
            let parts = if self.choices.below(7) == 0 {
                vec![family, last]
            } else {
                vec![family, middle, last]
            };
            let written: String = parts.iter().map(|(character, _)| *character).collect();
            if self.given.insert(written.clone()) {
                return Name {
                    written,
                    sound: parts.iter().map(|(_, sound)| *sound).collect(),
                };
            }
        }
    }
}
