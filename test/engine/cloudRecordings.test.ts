import type { IDataObject } from 'n8n-workflow';
import { reportItem } from '../../nodes/PhoneSystemTrigger/events';
import type { Post } from '../../pbx/post';
import type { PhoneSystem } from '../../pbx/system';
import { mango } from '../../pbx/systems/mango';
import { megafon } from '../../pbx/systems/megafon';
import { zadarma } from '../../pbx/systems/zadarma';
import { Mango } from '../../sandbox/systems/mango';
import { Megafon } from '../../sandbox/systems/megafon';
import type { Message, Stage } from '../../sandbox/systems/stage';
import { Zadarma } from '../../sandbox/systems/zadarma';
import { useWorld } from './world';

const world = useWorld();
const CALL = { client: '4940555040', line: '74951234567', story: 'answeredBySecond' } as const;

interface Cloud {
	name: string;
	system: PhoneSystem;
	standIn: { stage: Stage; callIn: (call: typeof CALL) => Promise<string> };
	/** Data of the credential, but for the address's origin. */
	login: (standIn: Cloud['standIn']) => Record<string, string>;
}

const clouds: Cloud[] = [
	{
		name: 'zadarma',
		system: zadarma,
		standIn: new Zadarma(),
		login: ({ stage }) => ({ address: stage.url, user: 'test-key', password: 'test-secret' }),
	},
	{
		name: 'megafon',
		system: megafon,
		standIn: new Megafon(),
		login: ({ stage }) => ({ address: `${stage.url}/crmapi/v1`, password: 'test-key', reportSecret: 'test-token' }),
	},
	{
		name: 'mango',
		system: mango,
		standIn: new Mango(),
		login: ({ stage }) => ({ address: `${stage.url}/vpbx`, user: 'test-key', password: 'test-salt' }),
	},
];

function posted({ url, body, headers }: Message): Post {
	const path = new URL(url).pathname.replace(/^\/reports\/?/, '');
	return { method: 'POST', url, path, headers, query: {}, body: Buffer.from(body) };
}

describe.each(clouds)('$name', ({ name, system, standIn, login }) => {
	const { stage } = standIn;
	beforeAll(async () => await stage.start());
	afterAll(async () => await stage.stop());

	/** The item that the end of an incoming call makes. */
	async function ended(): Promise<IDataObject> {
		// Nobody listens there: what is sent is kept all the same.
		stage.address = `${stage.url}/reports`;
		stage.deliveries.length = 0;
		await standIn.callIn(CALL);
		const readings = stage.deliveries.map((message) => system.read(posted(message), 'UTC'));
		const [end] = readings.flatMap(({ reports, raw }) =>
			reports.filter(({ event }) => event === 'ended').map((report) => reportItem(name, report, raw)),
		);
		return end as IDataObject;
	}
	const finish = async (item: IDataObject) => {
		const options = { employeeIfUnknown: { __rl: true, mode: 'id', value: '1' } };
		return await world.run(
			'call',
			'finishByReport',
			{ reportedCallId: '', reportOptions: options },
			[item],
			{},
			{ phoneSystem: { system: name, ...login(standIn) } },
		);
	};

	it('waits for a recording that comes late', async () => {
		stage.switches.recording = 'late';
		const { json } = await finish(await ended());
		expect(json).toMatchObject([{ FINISHED: true, FILE_ID: expect.any(Number) as number }]);
		expect([...world.portal.state.recordings.values()].map(({ content }) => content.readUInt16BE(0))).toEqual([0xfffb]);
	});

	it('has the call in the history when the recording never comes', async () => {
		stage.switches.recording = 'missing';
		const { json } = await finish(await ended());
		expect(json).toMatchObject([{ FINISHED: true, FILE_ID: null }]);
		expect(world.portal.state.history).toHaveLength(1);
	});
});
