import { carryOutOn as carryOut } from '../../../support/converse';
import { person } from './people';

describe('employees', () => {
	const ADA = {
		USER_ID: 1,
		NAME: 'Ada',
		EXTENSION: null,
		ACTIVE: false,
		EMAIL: null,
		WORK_PHONE: null,
		PERSONAL_MOBILE: null,
		PERSONAL_PHONE: null,
		WORK_POSITION: null,
	};

	it('are shown with null for what is empty', () => {
		const find = (row: object) => carryOut('employee find', { employee: 1 }, { 'user.get': [row] }).value;
		expect(find({ ID: '1', NAME: 'Ada', UF_PHONE_INNER: '' })).toEqual({ json: ADA });
		const all = { EMAIL: 'e', WORK_PHONE: 'w', PERSONAL_MOBILE: 'm', PERSONAL_PHONE: 'p', WORK_POSITION: 'o' };
		expect(find({ ID: 1, LAST_NAME: 'L', ACTIVE: true, UF_PHONE_INNER: '101', ...all })).toEqual({
			json: { ...ADA, NAME: 'L', EXTENSION: '101', ACTIVE: true, ...all },
		});
		expect(find({ ID: 1, NAME: 'Ada', ACTIVE: 'Y' })).toMatchObject({ json: { ACTIVE: true } });
		expect(find({ ID: 1, NAME: 'Ada', ACTIVE: 'N' })).toMatchObject({ json: { ACTIVE: false } });
	});

	it('that there are not are refused', () => {
		expect(carryOut('employee find', { employee: 9 }, { 'user.get': [] }).value).toMatchObject({
			refused: 'No employee has the ID 9',
		});
	});

	it.each<[object, string, object]>([
		[{}, 'user.get', {}],
		[{ activeOnly: true }, 'user.get', { ACTIVE: true }],
		[{ search: 'Ada' }, 'user.search', { FIND: 'Ada' }],
		[{ activeOnly: true, search: 'Ada' }, 'user.search', { ACTIVE: true, FIND: 'Ada' }],
	])('are listed with %j', (filters, method, FILTER) => {
		expect(carryOut('employee getMany', { filters }, { [method]: [] }).calls).toEqual([
			[method, { FILTER, sort: 'ID', order: 'ASC', start: 0 }],
		]);
	});

	it('with an extension are counted after the others are left out', () => {
		const rows = [person('1'), person('2', '102'), person('3', ''), person('4', '104'), person('5', '105')];
		const ids = (parameters: object) =>
			[carryOut('employee getMany', parameters, { 'user.get': rows }).value]
				.flat()
				.map((one) => (one as { json: { USER_ID: number } }).json.USER_ID);
		expect(ids({ limit: 2, filters: { withExtension: true } })).toEqual([2, 4]);
		expect(ids({ returnAll: true, filters: { withExtension: true } })).toEqual([2, 4, 5]);
		expect(ids({ limit: 2 })).toEqual([1, 2]);
		expect(ids({ returnAll: true })).toEqual([1, 2, 3, 4, 5]);
	});
});
