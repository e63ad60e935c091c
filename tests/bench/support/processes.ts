import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';

/** Waits for a message of this type from a process of the benchmark. Rejects if the process ends before. */
export async function next<T extends { readonly type: string }, K extends T['type']>(child: ChildProcess, type: K): Promise<Extract<T, { type: K }>> {
  for (;;) {
    const [message] = await Promise.race([
      once(child, 'message') as Promise<[T]>,
      once(child, 'exit').then(([code]) => { throw new Error(`a process of the benchmark ended with code ${String(code)}`); }),
    ]);
    if (message.type === type) return message as Extract<T, { type: K }>;
  }
}
