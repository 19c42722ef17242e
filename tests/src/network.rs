//! The network between the devices and the server: one forwarding port for each device, which can be cut.
//!
//! The address of a line stays the same when the server comes back on another port. What passes is counted.
//!
//! **Invariant:** bytes pass unchanged and in order, or not at all.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Bytes that are moved at once.
const CHUNK: usize = 16 * 1024;

/// One device's line to the server.
#[derive(Clone)]
pub struct Line {
    port: u16,
    state: Arc<Mutex<State>>,
}

struct State {
    server: SocketAddr,
    connected: bool,
    open: Vec<TcpStream>,
    passed: Passed,
}

/// What has passed over a line, as TCP carries it: bodies, headers and frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Bytes from the device to the server.
    pub up: u64,
    /// Bytes from the server to the device.
    pub down: u64,
    /// How often the server began to answer: the round trips that one has to wait for at least.
    pub turns: u64,
    /// The server spoke last.
    answered: bool,
}

/// A direction.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Passed {
    /// Both ways.
    pub fn bytes(&self) -> u64 {
        self.up + self.down
    }

    fn count(&mut self, way: Way, bytes: usize) {
        match way {
            Way::Up => self.up += bytes as u64,
            Way::Down => {
                self.down += bytes as u64;
                self.turns += u64::from(!self.answered);
            }
        }
        self.answered = way == Way::Down;
    }
}

impl Line {
    /// A line to a server.
    ///
    /// # Panics
    /// When no port is free.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("the port is known").port();
        let state = Arc::new(Mutex::new(State {
            server,
            connected: true,
            open: Vec::new(),
            passed: Passed::default(),
        }));
        let line = Self { port, state };
        let accepting = line.clone();
        thread::spawn(move || listener.incoming().flatten().for_each(|device| accepting.join(device)));
        line
    }

    /// The address that the device knows its server by.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Cuts the line in the middle of whatever passes over it.
    pub fn cut(&self) {
        let mut state = self.locked();
        state.connected = false;
        for stream in state.open.drain(..) {
            // Either end may have closed it already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Mends the line.
    pub fn mend(&self) {
        self.locked().connected = true;
    }

    /// Leads to another server from now on.
    pub fn lead_to(&self, server: SocketAddr) {
        self.locked().server = server;
    }

    /// What has passed since the last [`Line::forget`].
    pub fn passed(&self) -> Passed {
        self.locked().passed
    }

    /// Counts from nothing.
    pub fn forget(&self) {
        self.locked().passed = Passed { answered: true, ..Passed::default() };
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no line panics while it holds its state")
    }

    /// Connects a device's stream to the server, if the line is not cut.
    fn join(&self, device: TcpStream) {
        let mut state = self.locked();
        if !state.connected {
            return;
        }
        let Ok(server) = TcpStream::connect(state.server) else { return };
        let copies = (device.try_clone(), server.try_clone(), device.try_clone(), server.try_clone());
        let (Ok(up_from), Ok(up_to), Ok(down_to), Ok(down_from)) = copies else { return };
        state.open.extend([device, server]);
        let (up, down) = (self.clone(), self.clone());
        thread::spawn(move || up.pass(Way::Up, up_from, up_to));
        thread::spawn(move || down.pass(Way::Down, down_from, down_to));
    }

    /// Moves bytes until one side ends, then ends the other.
    fn pass(&self, way: Way, mut from: TcpStream, mut to: TcpStream) {
        let mut chunk = [0; CHUNK];
        while let Ok(read) = from.read(&mut chunk) {
            if read > 0 {
                self.locked().passed.count(way, read);
            }
            if read == 0 || to.write_all(&chunk[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.shutdown(Shutdown::Both);
    }
}
