import assert from 'node:assert/strict';
import type { Switches } from '../../../../sandbox/portal';
import { Bench, type Proof } from '../bench';

/** Looks at the same thing on a bench with the server's switch, and on one with the other value. */
export function both<Name extends keyof Switches>(
	name: Name,
	other: Switches[Name],
	look: (bench: Bench) => Promise<unknown>,
	server: unknown,
	changed: unknown,
): Proof {
	return async (bench) => {
		assert.deepEqual(await look(bench), server);
		const second = await Bench.open({ [name]: other } as Partial<Switches>);
		try {
			assert.deepEqual(await look(second), changed);
		} finally {
			await second.close();
		}
	};
}

type Asks = (bench: Bench) => Promise<{ status: number }>;

/** As {@link both}, for the status of an answer. */
export function status<Name extends keyof Switches>(
	name: Name,
	other: Switches[Name],
	look: Asks,
	server: number,
	changed: number,
): Proof {
	return both(name, other, async (bench) => (await look(bench)).status, server, changed);
}
