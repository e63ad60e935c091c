/** The people of one test, each in a browser of their own. */
import { BrowserPerson } from './person.ts';
import type { PersonOptions } from './person.ts';

export class Visitors {
  private readonly people: BrowserPerson[] = [];

  /** Opens a pass link and enters: with a microphone if the options have one. */
  async comeIn(link: string, options: PersonOptions = {}): Promise<BrowserPerson> {
    const person = await BrowserPerson.open(link, options);
    this.people.push(person);
    await person.enter(options.microphoneWav !== undefined);
    return person;
  }

  /** Closes all browsers. @returns what their pages asked for and should not have: must be empty */
  async close(): Promise<string[]> {
    const people = this.people.splice(0);
    await Promise.all(people.map((person) => person.close()));
    return people.flatMap(({ foreignRequests, forbidden }) => [...foreignRequests, ...forbidden]);
  }
}
