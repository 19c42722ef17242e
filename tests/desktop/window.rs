//! A real window on a display of its own, driven over WebDriver.
//!
//! **Invariant:** every process that is started here ends with the value that holds it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tests::process::Process;

/// How long an element may take to appear: a cold WebKit on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A display without a screen.
pub struct Display {
    number: String,
    _server: Process,
}

impl Display {
    /// Starts an X server on the first free number.
    pub fn start(width: u32, height: u32) -> Self {
        let mut command = Command::new("Xvfb");
        let screen = format!("{width}x{height}x24");
        command.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", &screen]).stderr(Stdio::null());
        let (server, number) = Process::start_and_hear(&mut command);
        Self { number: format!(":{}", number.trim()), _server: server }
    }
}

/// The app in its window.
pub struct Window {
    /// The WebDriver session.
    pub page: Client,
    _driver: Process,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

fn tool(name: &str) -> PathBuf {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/bin").join(name);
    if ours.exists() { ours } else { PathBuf::from(name) }
}

fn start_driver(display: &Display, data: &Path, port: u16) -> Process {
    let mut command = Command::new(tool("tauri-driver"));
    command
        .args(["--port", &port.to_string(), "--native-port", &free_port().to_string()])
        .env("DISPLAY", &display.number)
        .env("RASOAT_DATA", data)
        .env("GDK_BACKEND", "x11")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("NO_AT_BRIDGE", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Process::start(&mut command)
}

fn capabilities(application: &Path) -> Capabilities {
    let wanted = json!({ "browserName": "wry", "tauri:options": { "application": application } });
    wanted.as_object().cloned().expect("an object")
}

impl Window {
    /// Opens the app on `display` with its data in `data`.
    pub async fn open(display: &Display, application: &Path, data: &Path) -> Self {
        let port = free_port();
        let driver = start_driver(display, data, port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(application));
        let address = format!("http://127.0.0.1:{port}");
        let page = connect(&builder, &address).await;
        Self { page, _driver: driver }
    }

    /// The element, as soon as it is there.
    pub async fn find(&self, css: &str) -> Element {
        self.wait_for(Locator::Css(css)).await
    }

    /// The element at this XPath, as soon as it is there.
    pub async fn at(&self, path: &str) -> Element {
        self.wait_for(Locator::XPath(path)).await
    }

    async fn wait_for(&self, what: Locator<'_>) -> Element {
        match self.page.wait().at_most(PATIENCE).for_element(what).await {
            Ok(element) => element,
            Err(error) => panic!("{what:?}: {error}; the page says:\n{}", self.text().await),
        }
    }

    /// Presses what has exactly this text: the innermost element that is to be seen.
    pub async fn press(&self, text: &str) {
        let path = format!("//body//*[normalize-space(.)='{text}' and not(*[normalize-space(.)='{text}'])]");
        self.press_seen(&path).await;
    }

    /// Follows the link with this text in it.
    pub async fn follow(&self, text: &str) {
        self.press_seen(&format!("//a[contains(normalize-space(.),'{text}')]")).await;
    }

    async fn press_seen(&self, path: &str) {
        self.at(path).await;
        for element in self.page.find_all(Locator::XPath(path)).await.expect("it was there") {
            if self.has_a_size(&element).await {
                return element.click().await.unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
        panic!("{path} is hidden; the page says:\n{}", self.text().await);
    }

    /// WebDriver's own question calls the rows of a virtual list hidden.
    async fn has_a_size(&self, element: &Element) -> bool {
        let element = serde_json::to_value(element).expect("an element is JSON");
        let size = self.page.execute("return arguments[0].getClientRects().length > 0", vec![element]).await;
        size.is_ok_and(|size| size == true)
    }

    /// Types into the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.clear().await.expect("clear");
        field.send_keys(text).await.expect("type");
    }

    /// The control that this label stands for; a mark of "required" beside the words does not matter.
    pub async fn labelled(&self, label: &str) -> Element {
        self.at(&format!("//*[@id=//label[starts-with(normalize-space(.),'{label}')]/@for]")).await
    }

    /// Waits until the page says `text` somewhere.
    pub async fn says(&self, text: &str) {
        self.until(text, async || self.text().await.contains(text)).await;
    }

    /// Waits until something holds.
    pub async fn until(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let waited = tokio::time::timeout(PATIENCE, async {
            while !holds().await {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        if waited.await.is_err() {
            panic!("not seen: {what}; the page says:\n{}", self.text().await);
        }
    }

    /// All visible text.
    pub async fn text(&self) -> String {
        let text = self.page.execute("return document.body.innerText", Vec::new()).await;
        text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// A picture of the page, where the pictures of the documentation are made.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("RASOAT_PICTURES").map(PathBuf::from) else { return };
        let png = self.page.screenshot().await.expect("a picture");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(name), png).expect("a file");
    }

    /// Closes the window.
    pub async fn close(self) {
        self.page.close().await.expect("the session ends");
    }
}

/// The driver needs a moment before it listens.
async fn connect(builder: &ClientBuilder<HttpConnector>, address: &str) -> Client {
    let tried = tokio::time::timeout(PATIENCE, async {
        loop {
            match builder.connect(address).await {
                Ok(page) => return page,
                Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    });
    tried.await.expect("the window opens")
}
