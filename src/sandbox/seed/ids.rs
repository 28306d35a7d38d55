//! The ids of the seeded company that policies and tests name. They never change.

use uuid::{Uuid, uuid};

use crate::domain::ids::{GroupId, PersonId, TenantId};

/// The tenant of the seeded company.
pub const TENANT: TenantId = TenantId(uuid!("01db12ee-2429-4e13-954a-0346d89e9d3d"));
/// The bot's app registration (`appId`).
pub const APP: Uuid = uuid!("1c10717b-f1c5-430b-90c6-772b1d5267dd");

/// Group "Sales": everyone who sells; membership brings Microsoft 365 E3.
pub const SALES: GroupId = GroupId(uuid!("ce252b1b-ecea-421b-a6bb-85199a1137c9"));
/// Group "License operators": who runs the stock of licenses: oskar and li.
pub const LICENSE_OPERATORS: GroupId = GroupId(uuid!("ec232f4f-d38c-450e-a1b0-e3bba1f3d8e9"));
/// Group "License auditors": who reads everything and decides nothing: aud.
pub const LICENSE_AUDITORS: GroupId = GroupId(uuid!("f17f4de4-b6f2-4c92-aa14-ad9b11282bf2"));
/// Group "Protected accounts": accounts whose licenses nobody changes from a chat.
pub const PROTECTED_ACCOUNTS: GroupId = GroupId(uuid!("297c6603-6b1a-40f9-b157-283ad434dba2"));

/// Holds nothing but a free plan; her manager is megan.
pub const ANA: PersonId = PersonId(uuid!("2f74ac2d-07b0-40e8-ba85-8f1ca792763d"));
/// Holds Microsoft 365 E3 through the group "Sales"; his manager is megan.
pub const BO: PersonId = PersonId(uuid!("e4e88ff3-dbb9-464b-b3ee-7922b23896f8"));
/// Holds Microsoft 365 E3 directly with Teams and Sway switched off; her manager is megan.
pub const EVA: PersonId = PersonId(uuid!("00287983-6f32-4dff-b8fa-1ab89cded90a"));
/// Has no usage location; the manager is megan.
pub const LEE: PersonId = PersonId(uuid!("476a7114-741f-4146-8372-8d3c785b78ae"));
/// Manager of ana, bo, eva and lee; her own manager is vera.
pub const MEGAN: PersonId = PersonId(uuid!("aaf35ff7-4556-4482-82f0-1f02602007b8"));
/// Sign-in is blocked; her manager is ruth, in Finance.
pub const DANA: PersonId = PersonId(uuid!("07a59367-9c44-42d9-99e6-f0bf8b688547"));
/// A guest.
pub const GUS: PersonId = PersonId(uuid!("29fb052c-0152-4fb7-b140-dba6c96a3fa5"));
/// License operator.
pub const OSKAR: PersonId = PersonId(uuid!("85348e7f-5433-49ae-ba8e-4b295bf4b256"));
/// License operator.
pub const LI: PersonId = PersonId(uuid!("3cc2afde-9440-4d14-8db1-ee5c2710aa6c"));
/// License auditor.
pub const AUD: PersonId = PersonId(uuid!("19621061-c5d3-4ef1-807a-eb3bed8b6c42"));
/// Has no manager.
pub const NIL: PersonId = PersonId(uuid!("d72f21db-fbcb-4df8-a392-5ed43644e241"));
/// Holds Microsoft 365 E3 twice: directly and through "Sales".
pub const PIA: PersonId = PersonId(uuid!("46932def-3acc-4282-9339-cc739179f3c4"));
