//! SQLite's file layer: everything goes on to the machine's own, which keeps locks and shared memory; writes, truncations, syncs
//! and deletions are told to the file's disk first.

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rusqlite::ffi;

use crate::Disk;

/// A file of SQLite's: ours, followed by the machine's.
#[repr(C)]
struct Handle {
    methods: *const ffi::sqlite3_io_methods,
    watched: *mut Watched,
}

struct Watched {
    disk: Option<Disk>,
    path: PathBuf,
}

/// The machine's file layer. SQLite never changes or frees it.
struct Machine(*mut ffi::sqlite3_vfs);
// SAFETY: the table is constant after SQLite's start, and its functions may be called from any thread.
unsafe impl Send for Machine {}
// SAFETY: as above.
unsafe impl Sync for Machine {}

static MACHINE: OnceLock<Machine> = OnceLock::new();

fn machine() -> *mut ffi::sqlite3_vfs {
    MACHINE.get().expect("the layer is installed before a file is opened").0
}

/// Puts the layer between SQLite and the machine, for every database that this process opens from now on.
///
/// # Panics
/// When SQLite refuses.
pub fn install() {
    MACHINE.get_or_init(|| {
        // SAFETY: SQLite gives its default layer, or null; the copy lives for ever, as a registered layer has to.
        unsafe {
            assert_eq!(ffi::sqlite3_initialize(), ffi::SQLITE_OK, "SQLite starts");
            let real = ffi::sqlite3_vfs_find(std::ptr::null());
            assert!(!real.is_null(), "SQLite has a file layer");
            let ours = Box::leak(Box::new(*real));
            ours.zName = c"disk".as_ptr();
            ours.pNext = std::ptr::null_mut();
            ours.szOsFile += size_of::<Handle>() as c_int;
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            assert_eq!(ffi::sqlite3_vfs_register(ours, 1), ffi::SQLITE_OK, "SQLite takes the layer");
            Machine(real)
        }
    });
}

/// Where the machine's part of a file begins.
///
/// # Safety
/// `file` has the size that `install` asked for.
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: the machine's part follows ours in the same allocation.
    unsafe { file.cast::<Handle>().add(1).cast() }
}

/// # Safety
/// `name` is null or a string of SQLite's.
unsafe fn path_of(name: *const c_char) -> PathBuf {
    if name.is_null() {
        return PathBuf::new();
    }
    // SAFETY: SQLite ends its names with a zero.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Path::new(OsStr::from_bytes(bytes)).to_owned()
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls with memory of the size that `install` asked for, and the machine's layer with its own part.
    unsafe {
        let handle = file.cast::<Handle>();
        (*handle).methods = std::ptr::null();
        let path = path_of(name);
        let disk = Disk::of(&path);
        if let Some(disk) = &disk {
            if disk.is_dead() {
                return ffi::SQLITE_CANTOPEN;
            }
            disk.opens(&path);
        }
        let open = (*machine()).xOpen.expect("a layer opens");
        let told = open(machine(), name, real(file), flags, out);
        if !(*real(file)).pMethods.is_null() {
            (*handle).methods = &raw const METHODS;
            (*handle).watched = Box::into_raw(Box::new(Watched { disk, path }));
        }
        told
    }
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    // SAFETY: the name is SQLite's, and goes on to the machine's layer as it is.
    unsafe {
        let path = path_of(name);
        let sure = sync != 0;
        let deed = |image: &mut crate::Image| if sure { image.sync_deletion() } else { image.delete() };
        if Disk::of(&path).is_some_and(|disk| !disk.acts_on(&path, deed)) {
            return ffi::SQLITE_IOERR_DELETE;
        }
        (*machine()).xDelete.expect("a layer deletes")(machine(), name, sync)
    }
}

/// # Safety
/// `file` was opened by `open` and is not closed yet.
unsafe fn watched<'a>(file: *mut ffi::sqlite3_file) -> &'a Watched {
    // SAFETY: `open` put it there, `close` takes it away.
    unsafe { &*(*file.cast::<Handle>()).watched }
}

impl Watched {
    fn acts(&self, deed: impl FnOnce(&mut crate::Image)) -> bool {
        self.disk.as_ref().is_none_or(|disk| disk.acts_on(&self.path, deed))
    }

    fn is_dead(&self) -> bool {
        self.disk.as_ref().is_some_and(Disk::is_dead)
    }

    fn has_room(&self) -> bool {
        self.disk.as_ref().is_none_or(Disk::has_room)
    }
}

/// A function of the machine's methods, called with the machine's part of the file.
macro_rules! on {
    ($file:expr, $method:ident $(, $argument:expr)*) => {{
        let real = real($file);
        (*(*real).pMethods).$method.expect("the machine's files have it")(real $(, $argument)*)
    }};
}

/// Methods that only go on to the machine.
macro_rules! pass {
    ($($name:ident => $method:ident($($argument:ident: $type:ty),*) $(-> $told:ty)?;)+) => {$(
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $argument: $type)*) $(-> $told)? {
            // SAFETY: the arguments are SQLite's, and go on as they are.
            unsafe { on!(file, $method $(, $argument)*) }
        }
    )+};
}

pass! {
    size => xFileSize(out: *mut i64) -> c_int;
    lock => xLock(level: c_int) -> c_int;
    unlock => xUnlock(level: c_int) -> c_int;
    is_reserved => xCheckReservedLock(out: *mut c_int) -> c_int;
    control => xFileControl(which: c_int, argument: *mut c_void) -> c_int;
    sector => xSectorSize() -> c_int;
    traits => xDeviceCharacteristics() -> c_int;
    map => xShmMap(page: c_int, bytes: c_int, extend: c_int, out: *mut *mut c_void) -> c_int;
    lock_shared => xShmLock(offset: c_int, count: c_int, flags: c_int) -> c_int;
    barrier => xShmBarrier();
    unmap => xShmUnmap(forget: c_int) -> c_int;
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once.
    unsafe {
        let told = on!(file, xClose);
        let handle = file.cast::<Handle>();
        (*handle).methods = std::ptr::null();
        drop(Box::from_raw((*handle).watched));
        told
    }
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, count: c_int, at: i64) -> c_int {
    // SAFETY: the arguments are SQLite's, and go on as they are.
    unsafe { if watched(file).is_dead() { ffi::SQLITE_IOERR_READ } else { on!(file, xRead, to, count, at) } }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    count: c_int,
    at: i64,
) -> c_int {
    // SAFETY: SQLite gives `count` readable bytes; the rest goes on as it is.
    unsafe {
        let bytes = std::slice::from_raw_parts(from.cast::<u8>(), count as usize);
        if !watched(file).has_room() {
            return ffi::SQLITE_FULL;
        }
        if watched(file).acts(|image| image.write(at as usize, bytes)) {
            on!(file, xWrite, from, count, at)
        } else {
            ffi::SQLITE_IOERR_WRITE
        }
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    // SAFETY: the arguments are SQLite's, and go on as they are.
    unsafe {
        if watched(file).acts(|image| image.truncate(length as usize)) {
            on!(file, xTruncate, length)
        } else {
            ffi::SQLITE_IOERR_TRUNCATE
        }
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: the arguments are SQLite's, and go on as they are.
    unsafe {
        if watched(file).acts(crate::Image::sync) { on!(file, xSync, flags) } else { ffi::SQLITE_IOERR_FSYNC }
    }
}

/// Without memory-mapped reading, which would pass the layer by.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector),
    xDeviceCharacteristics: Some(traits),
    xShmMap: Some(map),
    xShmLock: Some(lock_shared),
    xShmBarrier: Some(barrier),
    xShmUnmap: Some(unmap),
    xFetch: None,
    xUnfetch: None,
};
