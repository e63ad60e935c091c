import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store.ts';
import { asStoreError } from './database.ts';

/** Runs synchronous work of the engine as a promise that rejects with a `StoreError` only. */
export type Run = <T>(work: () => T) => Promise<T>;

export function runner(database: DatabaseSync): Run {
  return <T>(work: () => T) => new Promise<T>((resolve, reject) => {
    if (!database.isOpen) {
      reject(new StoreError('CLOSED', 'The store is closed.'));
      return;
    }
    try {
      resolve(work());
    } catch (error) {
      reject(asStoreError(error));
    }
  });
}
