import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';

/** Signature and length without names of the records that are read here (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16). */
const LOCAL_HEADER = { signature: 'PK\x03\x04', bytes: 30 };
const DIRECTORY_ENTRY = { signature: 'PK\x01\x02', bytes: 46 };
const END_OF_DIRECTORY = { signature: 'PK\x05\x06', bytes: 22 };

/** Compression methods (APPNOTE.TXT, section 4.4.5). */
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads a zip by its central directory, as whoever unpacks it does.
 *
 * @returns the content of each file by its name, in the directory's order; folders have no entry.
 * @throws Error for what is no zip, for another compression than deflate, and for content that its checksum denies.
 */
export function readZip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(END_OF_DIRECTORY.signature, undefined, 'latin1');
  if (end < 0) throw new Error('no zip: it has no end of a central directory');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    expectSignature(zip, at, DIRECTORY_ENTRY.signature);
    const nameEnd = at + DIRECTORY_ENTRY.bytes + zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + DIRECTORY_ENTRY.bytes, nameEnd);
    if (!name.endsWith('/')) files.set(name, contentOf(zip, at, name));
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

/** Names of the files in a zip. */
export const filesInZip = (zip: Buffer): string[] => [...readZip(zip).keys()];

/** Writes the files of a zip below a folder. */
export function unpack(zip: Buffer, folder: string): void {
  for (const [name, content] of readZip(zip)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Sizes come from the directory: in the local header of a zip that was written as a stream they are zero. */
function contentOf(zip: Buffer, entry: number, name: string): Buffer {
  const local = zip.readUInt32LE(entry + 42);
  expectSignature(zip, local, LOCAL_HEADER.signature);
  const start = local + LOCAL_HEADER.bytes + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const packed = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
  const method = zip.readUInt16LE(entry + 10);
  if (method !== STORED && method !== DEFLATED) throw new Error(`${name} has compression method ${method}`);
  const content = method === STORED ? packed : inflateRawSync(packed);
  if (crc32(content) !== zip.readUInt32LE(entry + 16)) throw new Error(`${name} has another checksum`);
  return content;
}

function expectSignature(zip: Buffer, at: number, signature: string): void {
  if (zip.toString('latin1', at, at + signature.length) !== signature) {
    throw new Error(`no zip: record ${JSON.stringify(signature)} is not at byte ${at}`);
  }
}
