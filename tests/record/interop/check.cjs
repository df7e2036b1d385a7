// Checks a log's checkpoint and inclusion proofs with the code of @sigstore/verify: node check.cjs FOLDER MODULES
//
// FOLDER is as for check.go; MODULES is the node_modules that holds @sigstore/verify. What runs is its verification of
// an entry of a transparency log: signature of the checkpoint, and the Merkle proof that leads to its root.
"use strict";

const { createPublicKey } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const [folder, modules] = process.argv.slice(2);
const { verifyTLogInclusion } = require(join(modules, "@sigstore/verify/dist/tlog"));

const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const { log } = read("known.json");
const { records } = read("proofs.json");
const envelope = readFileSync(join(folder, "bundle/checkpoint"), "utf8");
const size = Number(envelope.split("\n")[1]);

/** The log as Sigstore knows one: base address, key, and an id that begins with the key's hash. */
function authority(vkey) {
  const [name, hash] = vkey.split("+", 2);
  const point = Buffer.from(vkey.slice(name.length + hash.length + 2), "base64").subarray(1);
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), point]);
  return { baseURL: `https://${name}`, logID: Buffer.from(hash, "hex"), publicKey: createPublicKey({ key: der, format: "der", type: "spki" }) };
}

function entries() {
  const list = [];
  for (let start = 0; start < size; start += 256) {
    const name = String(start / 256).padStart(3, "0") + (size - start < 256 ? `.p/${size - start}` : "");
    let data = readFileSync(join(folder, "bundle/tile/entries", name));
    for (; data.length > 0; data = data.subarray(2 + data.readUInt16BE())) list.push(data.subarray(2, 2 + data.readUInt16BE()));
  }
  return list;
}

const counts = { "inclusion proofs, each with the checkpoint's signature": 0 };
for (const [index, canonicalizedBody] of entries().entries()) {
  const hashes = records[index].map((text) => Buffer.from(text, "base64"));
  const inclusionProof = { logIndex: String(index), treeSize: String(size), hashes, checkpoint: { envelope } };
  verifyTLogInclusion({ canonicalizedBody, inclusionProof }, [authority(log)]);
  counts["inclusion proofs, each with the checkpoint's signature"] += 1;
}
console.log(JSON.stringify(counts));
