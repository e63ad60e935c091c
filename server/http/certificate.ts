import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { StartError } from '../errors.ts';

const DAY_MS = 86_400_000;
/** Safari refuses certificates that are valid for longer than 825 days, self-made ones too. */
const VALID_DAYS = 365;
/** Renewed this long before the end, so that it does not end during an event. */
const RENEW_DAYS = 30;

export interface Pems {
  readonly cert: string;
  readonly key: string;
}

/** IPv4 addresses of this machine that others in the local network can reach. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** The certificate is still good for these addresses and for a while. */
export function isGood(cert: string, addresses: readonly string[], now: number): boolean {
  try {
    const parsed = new X509Certificate(cert);
    return parsed.validToDate.getTime() > now + RENEW_DAYS * DAY_MS && addresses.every((address) => parsed.checkIP(address) !== undefined);
  } catch {
    return false; // Not a certificate: a torn write. Make a new one.
  }
}

async function makePems(addresses: readonly string[], now: number): Promise<Pems> {
  const names = ['localhost', hostname(), `${hostname()}.local`];
  const made = await generate([{ name: 'commonName', value: 'Plenum on the local network' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names.map((value) => ({ type: 2 as const, value })), ...addresses.map((ip) => ({ type: 7 as const, ip }))] },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/**
 * The self-made certificate of this data folder, for localhost and the machine's addresses; made anew when it is about to expire or the machine
 * has got another address. It is kept, because people accept it once per device.
 */
export async function selfMadeCertificate(dataFolder: string, now = Date.now()): Promise<Pems> {
  const addresses = ['127.0.0.1', '::1', ...lanAddresses()];
  const files = { cert: join(dataFolder, 'certificate.pem'), key: join(dataFolder, 'certificate-key.pem') };
  const kept = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')]).catch(() => null);
  if (kept !== null && isGood(kept[0], addresses, now)) return { cert: kept[0], key: kept[1] };
  const pems = await makePems(addresses, now);
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    await writeFile(files.key, pems.key, { mode: 0o600 });
    await chmod(files.key, 0o600);
    await writeFile(files.cert, pems.cert);
  } catch (cause) {
    throw new StartError(`The certificate cannot be written to ${dataFolder}.`, 'Check the rights of the folder, or set PLENUM_DATA to another one.', { cause });
  }
  return pems;
}
