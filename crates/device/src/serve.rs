//! The field UI in a browser on this machine: the same commands over `POST /rpc`, on loopback only.
//!
//! **Invariant:** no request from elsewhere is answered: the socket is on loopback, the `Host` is ours (no other
//! name may be pointed at us), the `Origin` is ours (no other page may call us), and the caller holds the secret of
//! this run, which only the printed address gives.

mod assets;
mod guard;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;

use crate::answer::{Rpc, answer};
use crate::lines::LINE_MAX;
use crate::words::Words;
use guard::Guard;

/// A field UI that listens.
pub struct Serving {
    listener: TcpListener,
    guard: Arc<Guard>,
}

impl Serving {
    /// Listens on loopback; port 0 takes a free one. `secret` is random and new for each run.
    pub async fn bind(port: u16, secret: String) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, guard: Arc::new(Guard::new(port, secret)) })
    }

    /// The address to open; it holds the secret of this run.
    pub fn address(&self) -> String {
        self.guard.address()
    }

    /// Answers until the process ends.
    pub async fn run<R: Rpc + Send + Sync + 'static>(self, rpc: Arc<R>) -> std::io::Result<()> {
        let app = Shared { rpc, words: Arc::new(Words::shipped()) };
        axum::serve(self.listener, router(app, self.guard)).await
    }
}

struct Shared<R> {
    rpc: Arc<R>,
    words: Arc<Words>,
}

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Self { rpc: Arc::clone(&self.rpc), words: Arc::clone(&self.words) }
    }
}

fn router<R: Rpc + Send + Sync + 'static>(app: Shared<R>, guard: Arc<Guard>) -> Router {
    let rpc = Router::new()
        .route("/rpc", post(call::<R>))
        .layer(DefaultBodyLimit::max(LINE_MAX as usize))
        .layer(middleware::from_fn_with_state(Arc::clone(&guard), guard::session))
        .with_state(app);
    let pages = Router::new().route("/", get(guard::open)).fallback(assets::file);
    pages
        .with_state(Arc::clone(&guard))
        .merge(rpc)
        .layer(middleware::from_fn_with_state(guard, guard::host))
        .layer(middleware::map_response(guard::headers))
}

async fn call<R: Rpc + Send + Sync + 'static>(State(app): State<Shared<R>>, body: Bytes) -> Response {
    let answered = tokio::task::spawn_blocking(move || answer(&*app.rpc, &app.words, &body)).await;
    match answered {
        Ok(answer) => Json(answer).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::blocking::{Client, RequestBuilder};
    use reqwest::header::{COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
    use reqwest::redirect::Policy;

    use super::*;
    use crate::answer::tests::Echo;

    const SECRET: &str = "00ff";

    struct Field {
        origin: String,
        cookie: String,
        client: Client,
    }

    /// A field UI on a free port, answering for as long as the test runs.
    fn field() -> Field {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let serving = Serving::bind(0, SECRET.to_owned()).await.unwrap();
                tell.send(serving.guard.clone()).unwrap();
                serving.run(Arc::new(Echo)).await.unwrap();
            });
        });
        let guard = told.recv().unwrap();
        let address = guard.address();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let origin = address.split("/?").next().unwrap().to_owned();
        let opened = client.get(&address).send().unwrap();
        assert_eq!(opened.status().as_u16(), 303);
        assert_eq!(opened.headers()[LOCATION], "/");
        let cookie = opened.headers()[SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        Field { origin, cookie: cookie.split(';').next().unwrap().to_owned(), client }
    }

    impl Field {
        fn rpc(&self) -> RequestBuilder {
            self.client.post(format!("{}/rpc", self.origin)).body(r#"{"id":1,"method":"a"}"#)
        }
    }

    fn status(request: RequestBuilder) -> u16 {
        request.send().unwrap().status().as_u16()
    }

    #[test]
    fn only_our_own_page_with_the_secret_is_answered() {
        let field = field();
        let ours = field.rpc().header(COOKIE, &field.cookie).header(ORIGIN, &field.origin).send().unwrap();
        assert_eq!(ours.text().unwrap(), r#"{"id":1,"ok":{}}"#);
        assert_eq!(status(field.rpc().header(ORIGIN, &field.origin)), 403, "no secret");
        let wrong = field.cookie.replace(SECRET, "0000");
        assert_eq!(
            status(field.rpc().header(COOKIE, wrong).header(ORIGIN, &field.origin)),
            403,
            "wrong secret"
        );
        assert_eq!(status(field.rpc().header(COOKIE, &field.cookie)), 403, "no origin");
        let other = field.rpc().header(COOKIE, &field.cookie).header(ORIGIN, "http://127.0.0.1:1");
        assert_eq!(status(other), 403, "another page on this machine");
        let renamed = field.rpc().header(COOKIE, &field.cookie).header(ORIGIN, &field.origin);
        assert_eq!(status(renamed.header(HOST, "rebound.example")), 421, "another name for this machine");
    }

    #[test]
    fn a_wrong_key_opens_nothing_and_every_answer_forbids_framing() {
        let field = field();
        let wrong = field.client.get(format!("{}/?key=00fe", field.origin)).send().unwrap();
        assert_eq!(wrong.status().as_u16(), 403);
        assert!(wrong.headers().get(SET_COOKIE).is_none());
        let policy = wrong.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("frame-ancestors 'none'"));
    }
}
