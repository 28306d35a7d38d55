use uuid::Uuid;

use super::*;

fn person(number: u128, display_name: &str, nickname: Option<&str>) -> Person {
    let local = nickname.map_or_else(|| format!("user{number}"), str::to_owned);
    Person {
        id: PersonId(Uuid::from_u128(number)),
        display_name: display_name.into(),
        user_principal_name: format!("{local}@northwind.example"),
        nickname: nickname.map(Into::into),
        job_title: (number.is_multiple_of(2)).then(|| "Engineer".into()),
        department: Some("IT".into()),
        enabled: !number.is_multiple_of(3),
        user_type: UserType::Member,
        usage_location: "SE".parse().ok(),
        preferred_language: None,
    }
}

fn list(people: &[Person]) -> PeopleList {
    let mut builder = ListBuilder::default();
    people.iter().for_each(|person| builder.add(person));
    builder.finish()
}

fn company() -> PeopleList {
    list(&[
        person(1, "Ana Silva", Some("ana")),
        person(2, "Bo Lindqvist", Some("bo")),
        person(3, "Bo Ek", Some("bosse")),
        person(4, "Åsa Öberg", Some("asa")),
        person(5, "ana", None),
        person(6, "Siobhan O'Connor-Ana", Some("siobhan")),
    ])
}

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(|person| person.display_name.as_str()).collect()
}

#[test]
fn an_account_comes_out_as_it_went_in() {
    let people = [person(1, "Åsa Öberg", Some("asa")), person(2, "x", None), person(3, "山田 太郎", Some("taro"))];
    let list = list(&people);
    for (at, expected) in people.iter().enumerate() {
        assert_eq!(list.person(place(at)).as_ref(), Some(expected));
        let by_id = list.find(&expected.id.to_string().to_uppercase());
        assert_eq!(by_id.first(), Some(expected));
    }
    assert_eq!(list.person(3), None);
}

#[test]
fn letters_are_found_from_every_keyboard() {
    let company = company();
    for typed in ["åsa", "ÅSA", "A\u{30a}sa", "a\u{30a}SA O\u{308}"] {
        assert_eq!(names(&company.beginning(typed, 5)), ["Åsa Öberg"], "{typed}");
    }
    assert_eq!(names(&company.beginning("o\u{308}b", 5)), ["Åsa Öberg"], "a later word");
    assert_eq!(names(&company.find("A\u{30a}sa O\u{308}berg")), ["Åsa Öberg"]);
    assert_eq!(names(&company.find("asa")), ["Åsa Öberg"], "by the nickname");
    assert_eq!(names(&company.find("asa oberg")), [""; 0], "å is a letter of its own");
    let apart = list(&[person(1, "A\u{30a}sa O\u{308}berg", None)]);
    assert_eq!(apart.find("Åsa Öberg").len(), 1, "the directory may spell it so, too");
    assert_eq!(fold("x\u{30a}\u{301} \u{30a}"), "x\u{30a}\u{301} \u{30a}", "what joins nothing stays");
}

#[test]
fn the_first_kind_of_name_with_matches_wins() {
    let company = company();
    assert_eq!(names(&company.find("ana")), ["Ana Silva"], "a nickname comes before a display name");
    assert_eq!(names(&company.find("ANA SILVA")), ["Ana Silva"]);
    assert_eq!(names(&company.find("user5@northwind.example")), ["ana"]);
    assert_eq!(names(&company.find("åsa öberg")), ["Åsa Öberg"]);
    for nobody in ["an", "silva", "northwind.example", "bo ek ", ""] {
        assert!(company.find(nobody).is_empty(), "{nobody}");
    }
}

#[test]
fn several_with_one_name_are_all_found() {
    let twins = list(&[person(1, "Bo Ek", Some("bo")), person(2, "bo ek", Some("bo2")), person(3, "Bo Eks", None)]);
    assert_eq!(twins.find("Bo Ek").iter().map(|person| person.id.0.as_u128()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn completing_finds_every_word_and_names_that_begin_so_first() {
    let company = company();
    assert_eq!(names(&company.beginning("an", 9)), ["Ana Silva", "ana", "Siobhan O'Connor-Ana"]);
    assert_eq!(names(&company.beginning("BO L", 9)), ["Bo Lindqvist"]);
    assert_eq!(names(&company.beginning("ö", 9)), ["Åsa Öberg"]);
    assert_eq!(names(&company.beginning("bo", 1)).len(), 1);
    assert_eq!(company.beginning("", 3).len(), 3);
    assert_eq!(company.beginning("zz", 9), []);
}

#[test]
fn everyone_of_a_prefix_is_found_however_many_there_are() {
    let people: Vec<Person> = (0..500).map(|number| person(number, &format!("Kim Nr{number}"), None)).collect();
    let list = list(&people);
    assert_eq!(list.beginning("kim", 1000).len(), 500);
    assert_eq!(list.beginning("nr49", 1000).len(), 11);
}

#[test]
fn a_mistyped_name_finds_whom_it_may_have_meant() {
    let company = company();
    assert_eq!(names(&company.nearest("lindkvist", 1)), ["Bo Lindqvist"]);
    assert_eq!(names(&company.nearest("siobahn", 1)), ["Siobhan O'Connor-Ana"]);
    assert_eq!(names(&company.nearest("ana sliva", 1)), ["Ana Silva"]);
    assert_eq!(company.nearest("zzyzx", 5), []);
    assert_eq!(company.nearest("", 5), []);
}

#[test]
fn fifty_thousand_people_fit_in_little() {
    let mut builder = ListBuilder::default();
    for number in 0..50_000 {
        builder.add(&person(
            number,
            &format!("Firstname{number} Lastname{}", number % 977),
            Some(&format!("fn{number}")),
        ));
    }
    let list = builder.finish();
    let bytes = list.texts.capacity()
        + list.folded.capacity()
        + list.people.capacity() * size_of::<Listed>()
        + list.words.capacity() * size_of::<Word>()
        + list.by_id.capacity() * size_of::<u32>();
    assert!(bytes < 20_000_000, "{bytes} bytes");
    assert_eq!(list.find("fn49999").len(), 1);
}
