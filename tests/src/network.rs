//! The network between the devices and the server: one forwarding port for each device, which can be cut.
//!
//! The address of a line stays the same when the server comes back on another port.
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
}

impl Line {
    /// A line to a server.
    ///
    /// # Panics
    /// When no port is free.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("the port is known").port();
        let state = Arc::new(Mutex::new(State { server, connected: true, open: Vec::new() }));
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
        thread::spawn(move || pass(up_from, up_to));
        thread::spawn(move || pass(down_from, down_to));
    }
}

/// Moves bytes until one side ends, then ends the other.
fn pass(mut from: TcpStream, mut to: TcpStream) {
    let mut chunk = [0; CHUNK];
    while let Ok(read) = from.read(&mut chunk) {
        if read == 0 || to.write_all(&chunk[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
