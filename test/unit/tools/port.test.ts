import { freePort } from '../../../tools/n8n/port';

it('finds ports that no outgoing connection takes before the program listens there', async () => {
	const ports = await Promise.all(Array.from({ length: 20 }, freePort));
	expect(new Set(ports).size).toBe(ports.length);
	expect(ports.filter((port) => port < 10_000 || port >= 32_768)).toEqual([]);
});
