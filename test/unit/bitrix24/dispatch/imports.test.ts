import { boundOf, loadOf, LOG } from '../../../../bench/loads/load';
import { logging } from '../../../../bench/loads/operatingTime';
import { VirtualPortal } from '../../../../bench/model/virtualPortal';
import { randomOf } from '../../../support/schedule';

// What is asked first comes back piece by piece, because no two calls take the same time.
it.each([1, 2, 3])(
	'a thousand Log Calls fill their requests, however unevenly the portal answers (%i)',
	async (seed) => {
		const portal = new VirtualPortal(false, randomOf(seed));
		const client = portal.client(90_000);
		const began = portal.time.now();
		await portal.time.until(
			Promise.all(Array.from({ length: 1000 }, async (_, index) => await client.converse(logging(index)))),
		);
		expect(portal.finished.size).toBe(1000);
		expect(portal.requests).toBeLessThan((1000 * LOG.length) / 20);
		expect((portal.time.now() - began) / boundOf(loadOf(1000, LOG, 1))).toBeLessThan(1.2);
	},
);
