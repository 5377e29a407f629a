import { sightOf, TokenPlace, type Place, type Sight } from '../../../bitrix24/tokenPlace';

/** A portal that looks in these places, and takes as long as the test wants. */
function portal(...takes: Place[]) {
	const asked: Place[] = [];
	const waiting: (() => void)[] = [];
	const gate = { isOpen: true };
	const send = async (place: Place): Promise<Sight> => {
		asked.push(place);
		if (!gate.isOpen) await new Promise<void>((resolve) => waiting.push(resolve));
		return takes.includes(place) ? 'seen' : 'unseen';
	};
	const open = (): void => {
		gate.isOpen = true;
		for (const go of waiting.splice(0)) go();
	};
	return { asked, takes, gate, send, open };
}

const itself = (sight: Sight): Sight => sight;
const never = async (): Promise<never> => await new Promise<never>(() => undefined);
const turns = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('the place of the token', () => {
	it('is the header, where the portal takes that', async () => {
		const place = new TokenPlace(never);
		const { send, asked } = portal('header', 'auth');
		expect(place.known).toBeUndefined();
		expect(await place.send(send, itself)).toBe('seen');
		expect(place.known).toBe('header');
		await place.send(send, itself);
		expect(asked).toEqual(['header', 'header']);
	});

	it('is the body, where the portal ignores the header: only the first request is sent twice', async () => {
		const place = new TokenPlace(never);
		const { send, asked } = portal('auth');
		expect(await place.send(send, itself)).toBe('seen');
		expect(place.known).toBe('auth');
		await place.send(send, itself);
		expect(asked).toEqual(['header', 'auth', 'auth']);
	});

	it('is learned again when the portal changes its mind', async () => {
		const place = new TokenPlace(never);
		const { send, takes } = portal('auth');
		await place.send(send, itself);
		takes.splice(0, 1, 'header');
		expect(await place.send(send, itself)).toBe('seen');
		expect(place.known).toBe('header');
	});

	it('stays what it was when the portal finds no token anywhere', async () => {
		const place = new TokenPlace(never);
		const { send, asked, takes } = portal();
		expect(await place.send(send, itself)).toBe('unseen');
		expect(place.known).toBeUndefined();
		expect(asked).toEqual(['header', 'auth']);
		takes.push('auth');
		await place.send(send, itself);
		takes.pop();
		expect(await place.send(send, itself)).toBe('unseen');
		expect(place.known).toBe('auth');
	});

	it('is not learned from silence', async () => {
		const place = new TokenPlace(never);
		await place.send(async () => await Promise.resolve<Sight>('silent'), itself);
		expect(place.known).toBeUndefined();
	});

	it('is learned by one of many, and the others follow', async () => {
		const place = new TokenPlace(never);
		const { send, asked, gate, open } = portal('auth');
		gate.isOpen = false;
		const all = Promise.all(Array.from({ length: 200 }, async () => await place.send(send, itself)));
		await turns();
		expect(asked).toEqual(['header']);
		open();
		expect(new Set(await all)).toEqual(new Set(['seen']));
		expect(asked.filter((one) => one === 'header')).toHaveLength(1);
		expect(asked).toHaveLength(201);
	});

	it('is not waited for when the first answer takes its time: a portal that found no token says so at once', async () => {
		let lose = (): void => undefined;
		const place = new TokenPlace(
			async () =>
				await new Promise<void>((resolve) => {
					lose = resolve;
				}),
		);
		const { send, asked, gate, open } = portal('header');
		gate.isOpen = false;
		const [first, second] = [place.send(send, itself), place.send(send, itself)];
		await turns();
		expect(asked).toHaveLength(1);
		lose();
		await turns();
		expect(asked).toEqual(['header', 'header']);
		open();
		expect(await Promise.all([first, second])).toEqual(['seen', 'seen']);
	});

	it('lets others try when the one that was to learn it met nobody', async () => {
		const place = new TokenPlace(never);
		const { send } = portal('auth');
		const first = place.send(async () => await Promise.resolve<Sight>('silent'), itself);
		expect(await Promise.all([first, place.send(send, itself)])).toEqual(['silent', 'seen']);
		expect(place.known).toBe('auth');
	});
});

it.each<[number, unknown, Sight]>([
	[200, undefined, 'seen'],
	[401, 'expired_token', 'seen'],
	[401, 'NO_AUTH_FOUND', 'unseen'],
	[403, 'NO_AUTH_FOUND', 'unseen'],
	[401, undefined, 'silent'],
	[404, 'ERROR_METHOD_NOT_FOUND', 'silent'],
	[503, 'QUERY_LIMIT_EXCEEDED', 'silent'],
	[502, undefined, 'silent'],
	[302, undefined, 'silent'],
	[NaN, undefined, 'silent'],
])('status %d with %s tells: %s', (status, code, sight) => {
	expect(sightOf(status, code)).toBe(sight);
});
