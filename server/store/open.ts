import { StartError } from '../errors.ts';
import { openSqliteStore } from './sqlite/index.ts';
import type { Store, StoreReason } from './store.ts';
import { StoreError } from './store.ts';

const ADVICE: Readonly<Record<StoreReason, string>> = {
  UNREADABLE: 'Check that the folder exists or can be made, and that this account may write to it, or set PLENUM_DATA to another one.',
  CORRUPT: 'Put a backup of the folder back, or move the folder away to begin anew.',
  NEWER_VERSION: 'Update Plenum, or set PLENUM_DATA to another folder.',
  CLOSED: 'Start again.',
  FAILED: 'Check that the disk has space and is not mounted read-only.',
};

/** Opens the store of a data folder. Throws a `StartError` that says what to do. */
export function openStore(dataFolder: string): Store {
  try {
    return openSqliteStore(dataFolder);
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    throw new StartError(cause.message, ADVICE[cause.reason], { cause });
  }
}
