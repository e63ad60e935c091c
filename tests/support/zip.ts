/** Writes zip archives byte by byte, so that tests can make every lie that an archive may tell (APPNOTE.TXT 4.3, 4.4). */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** 0: stored, 8: DEFLATE (the default), anything else is only claimed. */
  readonly method?: number;
  /** Claimed instead of the true size, everywhere. */
  readonly size?: number;
  /** Claimed instead of the true checksum. */
  readonly crc?: number;
  /** General purpose flags; bit 0 says encrypted, bit 11 that the name is UTF-8 (always set unless given). */
  readonly flags?: number;
  /** Unix mode with the type of the file: 0o120777 is a symbolic link. */
  readonly mode?: number;
  /** Use the bytes of the file before instead of own ones. */
  readonly sharesBytes?: boolean;
}

interface Written {
  readonly file: ZipFile;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly offset: number;
}

const UTF8_NAME = 0x800;
const MADE_ON_UNIX = 3 << 8;

/** The fields that a local header and an entry of the central directory have in common. */
function common({ file, packed, size, crc }: Written): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(file.flags ?? UTF8_NAME, 2);
  fields.writeUInt16LE(file.method ?? 8, 4);
  fields.writeUInt16LE(0, 6);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(Buffer.byteLength(file.name), 22);
  return fields;
}

function directoryEntry(written: Written): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(MADE_ON_UNIX | 20, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(((written.file.mode ?? 0o100644) << 16) >>> 0, 6);
  tail.writeUInt32LE(written.offset, 10);
  return Buffer.concat([head, common(written), tail, Buffer.from(written.file.name)]);
}

/** A whole archive. `entryCount`: claimed instead of the true number of files. */
export function zip(files: readonly ZipFile[], { entryCount = files.length }: { entryCount?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const written: Written[] = [];
  let offset = 0;
  for (const file of files) {
    const before = written.at(-1);
    if (file.sharesBytes === true && before !== undefined) {
      written.push({ ...before, file });
      continue;
    }
    const body = (file.method ?? 8) === 8 ? deflateRawSync(file.data) : Buffer.from(file.data);
    const one: Written = { file, packed: body.byteLength, size: file.size ?? file.data.byteLength, crc: file.crc ?? crc32(file.data), offset };
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common(one), Buffer.from(file.name)]);
    parts.push(header, body);
    offset += header.byteLength + body.byteLength;
    written.push(one);
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entryCount, 8);
  end.writeUInt16LE(entryCount, 10);
  end.writeUInt32LE(directory.byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}
