//! What is written after a seal counts when the office accepts it.

use domain::id::ReviewId;
use domain::scalar::Scalar;
use records::Document;
use sync::push::Verdict;
use sync_server::app::App;
use sync_server::fault::Code;
use sync_server::report::Material;
use sync_server::verify::verify;
use sync_server::{proposals, seal};

use crate::http::{get, post};
use crate::office::cookie;
use crate::officer::{Officer, household, review, unit};
use crate::world::World;

/// What the report's material says of a household: its address, and an answer.
fn told(app: &App, home: &Document, review: ReviewId) -> Option<(Option<String>, Option<Scalar>)> {
    let app = app.current().unwrap();
    let material = Material::gather(&app).unwrap();
    let data = material.data();
    let found = data.households.iter().find(|it| it.household.id == home.id())?;
    let answers = found.household.reviews.get(&review).map(|it| it.answers.clone()).unwrap_or_default();
    let answer = answers.into_iter().find(|(key, _)| key.question == "nuoc").map(|(_, value)| value);
    Some((found.household.place.address.clone(), answer))
}

#[test]
fn what_comes_after_a_seal_is_a_proposal_and_counts_when_it_is_accepted() {
    let world = World::new();
    let [first, second] = ["Khu phố 1", "Khu phố 2"].map(|name| unit(&world, name));
    let review = review(&world);
    let water = format!("reviews/{review}/answers/nuoc");
    let (mut minh, _) = Officer::enrol(&world, "minh", 1);
    let mut home = household(9, &minh);
    minh.edit(&mut home, &[("place/address", Scalar::text("Số 1")), (&water, Scalar::text("khac"))]);
    let mut other = household(8, &minh);
    minh.push(&world, &home, first);
    minh.push(&world, &other, second);
    seal::seal(&world.app.current().unwrap(), "2016", "Khu phố 1").unwrap();
    assert_eq!(world.app.current().unwrap().town.pins[&(review, first)], 4);

    minh.edit(&mut home, &[("place/address", Scalar::text("Số 2")), (&water, Scalar::text("may_khoan"))]);
    let late = minh.push(&world, &home, first);
    assert_eq!(late.last(), Some(&Verdict::Proposal { scope: first, seq: 5 }));
    let new = household(7, &minh);
    assert!(minh.push(&world, &new, first).iter().all(|it| matches!(it, Verdict::Proposal { .. })));
    minh.edit(&mut other, &[("place/address", Scalar::text("Số 3"))]);
    assert!(matches!(minh.push(&world, &other, second).last(), Some(Verdict::Stored { .. })));

    let was = (Some("Số 1".to_owned()), Some(Scalar::text("khac")));
    assert_eq!(told(&world.app, &home, review), Some(was));
    assert_eq!(told(&world.app, &new, review), None, "a household that was entered after the seal");
    assert_eq!(
        told(&world.app, &other, review).unwrap().0.as_deref(),
        Some("Số 3"),
        "nobody sealed this one"
    );

    let waiting = proposals::list(&world.app.current().unwrap()).unwrap();
    assert_eq!(
        waiting.iter().map(|it| (it.document, it.changes)).collect::<Vec<_>>(),
        [(new.id(), 2), (home.id(), 1)]
    );
    let cookie = cookie(&world);
    let page = get(world.address, "/office/decisions", &cookie).text();
    for words in ["Sửa đổi sau khi chốt", "Số 2", "Tính vào số liệu", "Không có sửa đổi nào bị từ chối"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let word = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let form = format!("csrf={word}&document={}", home.id());
    assert_eq!(post(world.address, "/office/decisions/accept", &cookie, form.as_bytes()).status, 303);
    let is = (Some("Số 2".to_owned()), Some(Scalar::text("may_khoan")));
    assert_eq!(told(&world.app, &home, review), Some(is));
    assert_eq!(told(&world.app, &new, review), None, "of this one nothing was accepted");
    assert_eq!(proposals::accept(&world.app, home.id()).unwrap_err().code, Code::NoProposal);
    assert_eq!(proposals::accept(&world.app, new.id()), Ok(2));
    assert!(told(&world.app, &new, review).is_some());
    assert!(proposals::list(&world.app.current().unwrap()).unwrap().is_empty());
    assert!(verify(&world.app).unwrap().sound);
    let refused = world.sql().run("DELETE FROM acceptances").unwrap_err();
    assert!(refused.contains("append_only"), "{refused}");
}

/// Whoever is answered `stored` counts, whoever comes later proposes, however many write while the office seals.
#[test]
fn writers_beside_a_seal_are_either_counted_or_told_that_they_propose() {
    let world = World::new();
    let village = unit(&world, "Khu phố 1");
    let officers: Vec<Officer> = (1..=4).map(|number| Officer::enrol(&world, "minh", number).0).collect();
    let sealed = std::thread::scope(|scope| {
        let told: Vec<_> = officers
            .into_iter()
            .map(|mut officer| {
                let world = &world;
                scope.spawn(move || {
                    let documents = (0..12).map(|at| household(officer.actor.0[0] * 16 + at, &officer));
                    documents
                        .collect::<Vec<_>>()
                        .iter()
                        .map(|it| officer.push(world, it, village))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(60));
        seal::seal(&world.app.current().unwrap(), "2016", "Khu phố 1").unwrap();
        told.into_iter().flat_map(|it| it.join().unwrap()).flatten().collect::<Vec<Verdict>>()
    });
    let pin = world.app.current().unwrap().town.pins[&(review(&world), village)];
    for verdict in &sealed {
        match verdict {
            Verdict::Stored { seq, .. } => assert!(*seq <= pin, "{seq} was stored after {pin}"),
            Verdict::Proposal { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(sealed.len(), 96);
}
