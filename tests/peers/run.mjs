// `node run.mjs ENGINE DEED FOLDER HOUSEHOLDS.json [PORT or URL] [SIDE]`: one deed of one engine.
import { readFileSync } from "node:fs";

const [name, deed, folder, input, address, side] = process.argv.slice(2);
const engine = await import(`./${name}.mjs`);
const { households, edits } = input === "-" ? {} : JSON.parse(readFileSync(input, "utf8"));

const say = (line) => process.stdout.write(`${line}\n`);

/** Until whoever measures says that the line is quiet. */
const quiet = () => new Promise((resolve) => process.stdin.on("end", resolve).resume());

if (deed === "serve") {
  await engine.serve(folder, Number(address));
  say("ready");
  await quiet();
  // engines keep their sockets and timers open
  process.exit(0);
}

const device = await engine.open(folder);
if (deed === "upload") await device.write(households);
if (deed === "edit") await device.edit(edits[side]);
if (deed !== "upload" && deed !== "edit") await device.load(deed === "join");
say("ready");
if (deed !== "edit") {
  await device.connect(address, deed);
  say("done");
  await quiet();
}
const expected = { join: households, reconnect: edits?.[{ a: "b", b: "a" }[side]] }[deed];
const lacks = await device.lacks(deed, expected);
await device.close();
say(JSON.stringify({ lacks }));
process.exit(0);
