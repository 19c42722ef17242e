//! Live: a device that listens is told how far the logs of its scopes are, now and after each commit.
//!
//! **Invariant:** only the token's scopes, as they are when something is told; a token that was revoked is told nothing more.
//! **Invariant:** nobody is waited for: who reads too slowly misses events, and is told where the logs are by then.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use domain::id::{EnrolmentId, UnitId};
use futures_core::Stream;
use sync::live::News;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc::{self, Sender};
use tokio::time::{interval, sleep};

use crate::app::App;
use crate::auth::device::Device;
use crate::database::live::Notice;
use crate::fault::{Code, Fault};
use crate::limits::{EVENTS_WAITING, LIVE_BEAT, LIVE_TIME};

/// Asks proxies not to gather what they pass on.
const UNBUFFERED: (HeaderName, HeaderValue) =
    (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));

/// GET /v1/live
pub async fn live(State(app): State<App>, device: Device) -> Result<Response, Fault> {
    let place = app.listeners.take(device.enrolment.id)?;
    let (tell, told) = mpsc::channel(EVENTS_WAITING);
    // listening begins before the first look, so that nothing falls in between
    let notices = app.blocking(|app| Ok(app.database.listen())).await?;
    let mut ear = Ear { app, enrolment: device.enrolment.id, known: Standing::default() };
    let first = ear.look().await?;
    tokio::spawn(async move {
        tokio::select! {
            () = ear.tells(first, notices, tell) => {}
            () = place.is_lost() => {}
            () = sleep(LIVE_TIME) => {}
        }
    });
    Ok(([UNBUFFERED], Sse::new(Events(told))).into_response())
}

/// How far the logs of somebody's scopes are, and the configuration.
#[derive(Clone, Default)]
struct Standing {
    heads: BTreeMap<UnitId, u64>,
    version: u64,
}

/// One device that listens.
struct Ear {
    app: App,
    enrolment: EnrolmentId,
    /// What the device has been told.
    known: Standing,
}

impl Ear {
    /// Tells until the device is gone or has no right to hear more.
    async fn tells(&mut self, first: Vec<News>, mut notices: Receiver<Notice>, tell: Sender<Event>) {
        let mut beat = interval(LIVE_BEAT);
        beat.reset();
        let mut news = first;
        loop {
            for each in news {
                let event = Event::default().event(each.event()).data(each.data());
                if tell.send(event).await.is_err() {
                    return;
                }
            }
            let heard = tokio::select! {
                () = tell.closed() => return,
                notice = notices.recv() => self.heard(notice, &mut notices).await,
                _ = beat.tick() => match tell.send(Event::default().comment("")).await {
                    Ok(()) => self.look().await,
                    Err(_) => return,
                },
            };
            let Ok(heard) = heard else { return };
            news = heard;
        }
    }

    async fn heard(
        &mut self,
        notice: Result<Notice, RecvError>,
        notices: &mut Receiver<Notice>,
    ) -> Result<Vec<News>, Fault> {
        match notice {
            Ok(Notice::News(News::Head(scope, head))) => Ok(self.known.goes_on(scope, head)),
            Err(RecvError::Closed) => Err(Fault::of(Code::ServerBroken)),
            // a look covers everything that waits to be heard; another configuration may give or take scopes
            Ok(Notice::News(News::Configuration(_)) | Notice::Look) | Err(RecvError::Lagged(_)) => {
                *notices = notices.resubscribe();
                self.look().await
            }
        }
    }

    /// Looks where everything stands; gives what the device does not know.
    async fn look(&mut self) -> Result<Vec<News>, Fault> {
        let enrolment = self.enrolment;
        let now = self.app.blocking(move |app| standing(app, enrolment)).await?;
        let before = std::mem::replace(&mut self.known, now);
        Ok(self.known.unlike(&before))
    }
}

impl Standing {
    /// A head that was read earlier than what is known says nothing.
    fn goes_on(&mut self, scope: UnitId, head: u64) -> Vec<News> {
        match self.heads.get_mut(&scope) {
            Some(known) if *known < head => {
                *known = head;
                vec![News::Head(scope, head)]
            }
            _ => Vec::new(),
        }
    }

    /// What there is here and was not before.
    fn unlike(&self, before: &Self) -> Vec<News> {
        let version = (self.version != before.version).then_some(News::Configuration(self.version));
        let heads = self.heads.iter().filter(|(scope, head)| before.heads.get(scope) != Some(head));
        version.into_iter().chain(heads.map(|(scope, head)| News::Head(*scope, *head))).collect()
    }
}

fn standing(app: &App, enrolment: EnrolmentId) -> Result<Standing, Fault> {
    let known = app.database.enrolment(enrolment)?.filter(|it| it.revoked_at.is_none());
    let known = known.ok_or(Fault::of(Code::RevokedToken))?;
    let user = app.town.user(known.user).ok_or(Fault::of(Code::UnknownToken))?;
    let heads = app.database.heads(&user.scopes)?.into_iter().map(|scope| (scope.unit, scope.head));
    Ok(Standing { heads: heads.collect(), version: app.identity.configuration_version })
}

/// The body of the answer.
struct Events(mpsc::Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|event| event.map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast::channel;

    use super::*;
    use crate::database::people::NewEnrolment;
    use crate::{clock, secret, setup};

    const TOWN: &str = include_str!("../../../demo/example.toml");
    const ENROLMENT: EnrolmentId = EnrolmentId::new([1; 16]);

    /// A device with one scope, which knows how everything stands; its scope.
    async fn ear(folder: &std::path::Path) -> (Ear, UnitId) {
        let (app, _) = setup::init(folder, TOWN).unwrap();
        let code = secret::hash(&secret::spelling(&setup::enrol(&app, "lan").unwrap().code));
        let (token_hash, public_key, device) = (secret::hash("token"), [1; 32], "Máy thử".to_owned());
        let new = NewEnrolment { id: ENROLMENT, token_hash, public_key, device };
        app.database.redeem(&code, &new, clock::now()).unwrap();
        let mut ear = Ear { app, enrolment: ENROLMENT, known: Standing::default() };
        let told = ear.look().await.unwrap();
        let [News::Configuration(2), News::Head(scope, 0)] = told[..] else { panic!("{told:?}") };
        (ear, scope)
    }

    #[tokio::test]
    async fn who_missed_something_is_told_where_everything_is_by_now() {
        let folder = tempfile::tempdir().unwrap();
        let (mut ear, scope) = ear(folder.path()).await;
        let configuration = Notice::News(News::Configuration(2));
        for missed in [Err(RecvError::Lagged(3)), Ok(Notice::Look), Ok(configuration)] {
            let (teller, mut notices) = channel(4);
            teller.send(Notice::News(News::Head(scope, 7))).unwrap();
            ear.known.heads.insert(scope, 7);
            assert_eq!(ear.heard(missed, &mut notices).await, Ok(vec![News::Head(scope, 0)]));
            assert!(notices.is_empty(), "what had waited is covered by the look");
        }
        let ended = ear.heard(Err(RecvError::Closed), &mut channel(1).1).await;
        assert!(ended.is_err());
    }

    #[tokio::test]
    async fn a_head_is_told_once_and_to_nobody_else() {
        let folder = tempfile::tempdir().unwrap();
        let (mut ear, scope) = ear(folder.path()).await;
        let told: Vec<_> =
            [2, 2, 1, 3].map(|head| ear.known.goes_on(scope, head)).into_iter().flatten().collect();
        assert_eq!(told, [News::Head(scope, 2), News::Head(scope, 3)]);
        assert_eq!(ear.known.goes_on(UnitId::new([9; 16]), 4), []);
        assert_eq!(ear.look().await.unwrap(), [News::Head(scope, 0)], "a log that was put back");
    }

    #[tokio::test]
    async fn who_was_revoked_hears_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let (mut ear, _) = ear(folder.path()).await;
        ear.app.database.revoke(ENROLMENT, clock::now()).unwrap();
        assert_eq!(ear.look().await.map_err(|fault| fault.code), Err(Code::RevokedToken));
    }
}
