import type { IExecuteFunctions } from 'n8n-workflow';
import { ItemReader } from '../../../nodes/Bitrix24Telephony/itemReader';
import { clock } from '../../../nodes/common/clock';
import { readerOf } from '../../support/item';

const SOUND = Buffer.from('some sound');

describe('a file of the item', () => {
	it('that n8n keeps in memory is read when it is opened', async () => {
		const base64 = SOUND.toString('base64');
		const helpers = {
			assertBinaryData: () => ({ data: base64, mimeType: 'Audio/WAV', bytes: 1 }),
			getBinaryDataBuffer: async (item: number, name: string) => await Promise.resolve(Buffer.from(`${item} ${name}`)),
		};
		const file = new ItemReader({ helpers } as unknown as IExecuteFunctions, 4).binary('data');
		expect(file).toMatchObject({ name: '', contentType: 'audio/wav', bytes: SOUND.length });
		expect(await file.open()).toEqual({ size: 6, content: Buffer.from('4 data') });
	});

	it('that n8n keeps in its store streams', async () => {
		const stream = {};
		const helpers = {
			assertBinaryData: () => ({ id: 'f1', data: 'filesystem', mimeType: '', fileName: 'a.wav', bytes: 9 }),
			getBinaryMetadata: async (id: string) => await Promise.resolve({ fileSize: id === 'f1' ? 10 : 0 }),
			getBinaryStream: async (id: string) => await Promise.resolve(id === 'f1' ? stream : undefined),
		};
		const file = new ItemReader({ helpers } as unknown as IExecuteFunctions, 0).binary('data');
		expect(file).toMatchObject({ name: 'a.wav', contentType: '', bytes: 9 });
		const opened = await file.open();
		expect(opened.size).toBe(10);
		expect(opened.content).toBe(stream);
	});

	it.each([
		[{ one: {}, two: {} }, 'Its files are in one, two. Check the node before this one.'],
		[{}, 'It has no file at all. Check the node before this one.'],
	])('that is not there: %j', (binary, description) => {
		expect(() => readerOf({}, binary).binary('data')).toThrow(
			expect.objectContaining({ message: 'Input Binary Field: this item has no file in “data”', description }),
		);
	});

	it('of an item that has none says so', () => {
		const helpers = {
			assertBinaryData: () => {
				throw new Error('none');
			},
		};
		const context = {
			helpers,
			getInputData: () => [{ json: {} }],
			getNode: () => ({ name: 'Node' }),
		} as unknown as IExecuteFunctions;
		for (const item of [0, 1])
			expect(() => new ItemReader(context, item).binary('data')).toThrow(
				expect.objectContaining({ description: expect.stringContaining('It has no file at all.') as string }),
			);
		expect(new ItemReader(context, 1).input).toEqual({});
	});
});

it('knows the origin of n8n’s addresses', () => {
	const asked: unknown[] = [];
	const context = {
		evaluateExpression: (...given: unknown[]) => asked.push(given) && 'https://n8n.example.com:8443/webhook-waiting/1',
	} as unknown as IExecuteFunctions;
	expect(new ItemReader(context, 2).webhookOrigin()).toBe('https://n8n.example.com:8443');
	expect(asked).toEqual([['{{ $execution.resumeUrl }}', 2]]);
});

it('gives the item, the time and the time zone', () => {
	const reader = readerOf({});
	const { now } = clock;
	clock.now = () => 42;
	expect([reader.input, reader.now, reader.zone, reader.preference, reader.hints]).toEqual([
		{},
		42,
		'Europe/Berlin',
		0,
		[],
	]);
	clock.now = now;
	reader.hint('Look');
	expect(reader.hints).toEqual(['Look']);
});

it('reads a property under its own label, else its default', () => {
	const property = { displayName: 'Wait (Seconds)', name: 'wait', type: 'number' as const, default: 7 };
	expect(readerOf({ wait: 3 }).given(property)).toMatchObject({ value: 3, label: 'Wait' });
	expect(readerOf({}).given(property)).toMatchObject({ value: 7 });
});

it('refuses on its item', () => {
	expect(() => readerOf({}).refuse('No', 'Do')).toThrow(
		expect.objectContaining({ message: 'No', description: 'Do', context: { itemIndex: 0 } }),
	);
});
