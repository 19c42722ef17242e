//! `seeds FOLDER`: writes what the targets begin with, a folder for each.

use std::path::Path;

use domain::id::{EnrolmentId, TownId};
use fuzz::imports;
use fuzz::{before_the_last, content, household};
use sync::bundle::{Code, Lock, Origin, seal, write_content};
use sync::pull::{PullRequest, PullState, pull_body, request_body};
use sync::push::{PushAnswer, answer_body, push_body};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("a folder");
    let write = |target: &str, name: &str, bytes: &[u8]| {
        let folder = Path::new(&folder).join(target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), bytes)
    };
    for (at, change) in household().1.iter().enumerate() {
        write("preparse", &format!("change-{at}"), &change.bytes)?;
        write("gate", &format!("content-{at}"), &content(&change.bytes))?;
    }
    write("gate", "next", &before_the_last().1)?;
    let epoch = domain::id::EpochId::new([9; 16]);
    let request = PullRequest {
        epoch: Some(epoch),
        cursors: vec![],
        max_bytes: 9,
        config_version: 1,
        standing: None,
        config_mark: Some([7; 16]),
    };
    write("bodies", "pull-request", &request_body(&request))?;
    let state = PullState {
        epoch,
        scopes: vec![],
        config_version: 1,
        config: None,
        server_time: 1_480_000_000,
        in_step: true,
    };
    write("bodies", "pull-answer", &pull_body(&state, &[], &[]))?;
    let answer =
        PushAnswer { epoch, answers: vec![], cut: false, server_time: 1_480_000_000, wholes: vec![] };
    write("bodies", "push-answer", &answer_body(&answer))?;
    let origin = Origin { town: TownId::new([1; 16]), enrolment: EnrolmentId::new([3; 16]), made_at: 1 };
    let content = write_content(&origin, &[]).expect("a small content");
    write("bundle", "content", &content)?;
    let lock = Lock { memory_kib: 8, passes: 1, salt: [1; 16], nonce: [2; 24] };
    let code = Code::typed("0000-0000-0000-0000").expect("a code");
    write("bundle", "file", &seal(content, &code, &lock).expect("a small file"))?;
    write("bundle", "part", &push_body(&[]))?;
    write("imports", "b1.xlsx", imports::good())?;
    for (at, name) in imports::PARTS.iter().enumerate() {
        let which = u8::try_from(at).expect("few parts");
        write("imports", &format!("part-{at}"), &[&[which], imports::part(name).as_slice()].concat())?;
    }
    let list = "household,class,change,people,decision,decided_on,from\n01010101010101010101010101010101,poor,added,4,\"1, QĐ\",2016-12-30,2017-01-01\n";
    write("imports", "list.csv", list.as_bytes())?;
    write("texts", "card", "001234567890|012345678|Lê Thử|01011980|Nữ|Ngõ 4|01012021".as_bytes())
}
