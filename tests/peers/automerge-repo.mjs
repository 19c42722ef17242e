// automerge-repo: a repository of documents on both ends, over a WebSocket, each with its folder of files.
import { Repo, ImmutableString } from "@automerge/automerge-repo";
import { NodeWSServerAdapter, WebSocketClientAdapter } from "@automerge/automerge-repo-network-websocket";
import { NodeFSStorageAdapter } from "@automerge/automerge-repo-storage-nodefs";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { WebSocketServer } from "ws";
import { fieldsOf, get, put } from "./fields.mjs";

const text = (value) => new ImmutableString(value);
/** Documents that a new device asks for at once. */
const AT_ONCE = 50;
/** How often it asks again for one that the server does not have yet, and after how many milliseconds. */
const TRIES = 60;
const PAUSE = 1_000;

export async function serve(folder, port) {
  const sockets = new WebSocketServer({ host: "127.0.0.1", port });
  await new Promise((resolve) => sockets.on("listening", resolve));
  new Repo({
    network: [new NodeWSServerAdapter(sockets)],
    storage: new NodeFSStorageAdapter(folder),
    peerId: "server",
    sharePolicy: async () => false,
  });
}

export async function open(folder) {
  mkdirSync(folder, { recursive: true });
  return new Device(folder);
}

class Device {
  handles = [];

  constructor(folder) {
    this.folder = folder;
    this.ids = join(dirname(folder), "automerge-ids.json");
    this.repo = new Repo({ storage: new NodeFSStorageAdapter(folder), peerId: `device-${folder.split("/").pop()}` });
  }

  async write(households) {
    for (const sections of households) {
      const handle = this.repo.create();
      for (const section of sections) {
        handle.change((doc) => section.forEach(([path, value]) => put(doc, path, value, text)));
      }
      this.handles.push(handle);
    }
    await this.repo.flush();
    writeFileSync(this.ids, JSON.stringify(this.handles.map((handle) => handle.url)));
  }

  urls() {
    return existsSync(this.ids) ? JSON.parse(readFileSync(this.ids, "utf8")) : [];
  }

  async load(isNew) {
    if (isNew) return;
    await this.find();
  }

  async find() {
    const urls = this.urls();
    for (let at = 0; at < urls.length; at += AT_ONCE) {
      this.handles.push(...(await Promise.all(urls.slice(at, at + AT_ONCE).map((url) => this.findOne(url)))));
    }
  }

  async findOne(url) {
    for (let tried = 0; tried < TRIES; tried += 1) {
      try {
        return await this.repo.find(url);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
    return undefined;
  }

  async edit(edits) {
    await this.find();
    for (const [at, path, value] of edits) {
      this.handles[at].change((doc) => put(doc, path, value, text));
    }
    await this.repo.flush();
  }

  async connect(address, deed) {
    const adapter = new WebSocketClientAdapter(address.replace("http", "ws"));
    this.repo.networkSubsystem.addNetworkAdapter(adapter);
    await this.repo.networkSubsystem.whenReady();
    if (deed === "join") await this.find();
  }

  async lacks(deed, expected) {
    let lacks = 0;
    for (const [at, path, value] of fieldsOf(deed, expected)) {
      if (get(this.handles[at]?.doc(), path) !== value) lacks += 1;
    }
    return lacks;
  }

  async close() {
    await this.repo.flush();
  }
}
