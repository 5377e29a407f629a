export * from './people';
export * from './crm';
export * from './calls';
export * from './applications';
export * from './events';
export * from './portal';
