"""People with names from many naming cultures, made by rule: each name in two or three spellings, written by hand and independent of
the code under test. Nobody in here exists.
"""

import random
from dataclasses import dataclass

# "at home/on a passport/otherwise": a part with one spelling is written the same by everybody, "_" is a space. Commonest first.
CHINESE = (
    "王/Wang/Wong 李/Li/Lee 张/Zhang/Chang 刘/Liu/Lau 陈/Chen/Chan 杨/Yang/Yeung 黄/Huang/Wong 赵/Zhao/Chao 吴/Wu/Ng 周/Zhou/Chou 徐/Xu/Hsu 孙/Sun/Suen 朱/Zhu/Chu 林/Lin/Lam 郭/Guo/Kuo 何/He/Ho 高/Gao/Kao 罗/Luo/Lo 郑/Zheng/Cheng 梁/Liang/Leung 谢/Xie/Hsieh 唐/Tang/Tong 邓/Deng/Teng 冯/Feng/Fung 曹/Cao/Tsao 彭/Peng/Pang 曾/Zeng/Tseng 萧/Xiao/Hsiao",
    "伟/Wei/Wei 芳/Fang/Fong 敏/Min/Man 静/Jing/Ching 强/Qiang/Chiang 磊/Lei/Lei 军/Jun/Chun 洋/Yang/Yang 志明/Zhiming/Chih-ming 建国/Jianguo/Chien-kuo 晓红/Xiaohong/Hsiao-hung 国荣/Guorong/Kuo-jung 美玲/Meiling/Mei_Ling 家豪/Jiahao/Chia-hao 子轩/Zixuan/Tzu-hsuan 文杰/Wenjie/Wen-chieh 淑芬/Shufen/Shu-fen 秀英/Xiuying/Hsiu-ying 俊杰/Junjie/Chun-chieh 天佑/Tianyou/Tien-yu 海涛/Haitao/Hai-tao 慧敏/Huimin/Hui-min 宇航/Yuhang/Yu-hang 思远/Siyuan/Ssu-yuan 春花/Chunhua/Chun-hua 振华/Zhenhua/Chen-hua",
)
KOREAN = (
    "김/Kim/Gim 이/Lee/Yi 박/Park/Bak 최/Choi/Choe 정/Jung/Jeong 강/Kang/Gang 조/Cho/Jo 윤/Yoon/Yun 장/Jang/Chang 임/Lim/Im 한/Han/Hahn 오/Oh/O 서/Seo/Suh 신/Shin/Sin 권/Kwon/Gwon 황/Hwang/Whang 안/Ahn/An 송/Song/Song 류/Ryu/Yoo 홍/Hong/Hong 문/Moon/Mun 배/Bae/Pae 백/Baek/Paik 노/Noh/Roh",
    "민준/Min-jun/Minjoon 서연/Seo-yeon/Suh_Yun 지훈/Ji-hoon/Jihun 현우/Hyun-woo/Hyeon-u 수빈/Soo-bin/Subin 영희/Young-hee/Yeong-hui 성민/Sung-min/Seongmin 은지/Eun-ji/Eunjee 재현/Jae-hyun/Jaehyeon 동욱/Dong-wook/Donguk 혜진/Hye-jin/Hyejin 상철/Sang-chul/Sangcheol 미경/Mi-kyung/Migyeong 태희/Tae-hee/Taehui 준호/Jun-ho/Joonho 정숙/Jung-sook/Jeongsuk 예린/Ye-rin/Yerin 도윤/Do-yoon/Doyun 하은/Ha-eun/Haeun 광수/Kwang-soo/Gwangsu",
)
JAPANESE = (
    "さとう/Sato/Satou すずき/Suzuki/Suzuki たかはし/Takahashi/Takahasi たなか/Tanaka/Tanaka いとう/Ito/Itoh わたなべ/Watanabe/Watanabe やまもと/Yamamoto/Yamamoto なかむら/Nakamura/Nakamura こばやし/Kobayashi/Kobayasi かとう/Kato/Katou よしだ/Yoshida/Yosida ささき/Sasaki/Sasaki まつもと/Matsumoto/Matumoto いのうえ/Inoue/Inoue しみず/Shimizu/Simizu はやし/Hayashi/Hayasi おおの/Ono/Ohno ふじた/Fujita/Huzita つちや/Tsuchiya/Tutiya しんどう/Shindo/Shindou",
    "たろう/Taro/Tarou じろう/Jiro/Ziro けんじ/Kenji/Kenzi ようこ/Yoko/Youko ゆき/Yuki/Yuuki ひろし/Hiroshi/Hirosi あきら/Akira/Akira まさと/Masato/Masato さちこ/Sachiko/Satiko しょうた/Shota/Syota なおみ/Naomi/Naomi けいこ/Keiko/Keiko たつや/Tatsuya/Tatuya ちひろ/Chihiro/Tihiro じゅんいち/Junichi/Jun'ichi りょう/Ryo/Ryou えみ/Emi/Emi まこと/Makoto/Makoto はなこ/Hanako/Hanako ごろう/Goro/Gorou",
)
VIETNAMESE = (
    "Nguyễn/Nguyen Trần/Tran Lê/Le Phạm/Pham Hoàng/Hoang Huỳnh/Huynh Võ/Vo Đặng/Dang Bùi/Bui Đỗ/Do Hồ/Ho Ngô/Ngo Dương/Duong Lý/Ly Trịnh/Trinh Đinh/Dinh Mai/Mai Tô/To",
    "Văn_Đức/Van_Duc Thị_Hương/Thi_Huong Minh_Tuấn/Minh_Tuan Quốc_Hùng/Quoc_Hung Thanh_Hải/Thanh_Hai Ngọc_Lan/Ngoc_Lan Thu_Trang/Thu_Trang Đình_Phúc/Dinh_Phuc Xuân_Bách/Xuan_Bach Kim_Oanh/Kim_Oanh Hữu_Nghĩa/Huu_Nghia Bảo_Châu/Bao_Chau Anh_Dũng/Anh_Dung Mỹ_Linh/My_Linh Công_Thành/Cong_Thanh Hồng_Nhung/Hong_Nhung Gia_Khánh/Gia_Khanh Tuyết_Mai/Tuyet_Mai",
)
ARABIC = (
    "الشريف/Al-Sharif/Cherif خليل/Khalil/Halil منصور/Mansour/Mansur حداد/Haddad/Hadad السيد/El-Sayed/Elsayed القاسمي/Al-Qasimi/El_Kassimi درويش/Darwish/Darwich نصار/Nassar/Nasar بركات/Barakat/Barakaat سليمان/Suleiman/Soliman الراشد/Al-Rashid/Al_Rasheed زيدان/Zidan/Zaydan حمدان/Hamdan/Hamdane شاهين/Shahin/Shaheen الطيب/Al-Tayeb/El_Tayib عثمان/Othman/Osman كنعان/Kanaan/Canaan صباح/Sabah/Sabbah ملوك/Mallouk/Maluk رمضان/Ramadan/Ramadhan",
    "محمد/Mohammed/Muhammad أحمد/Ahmed/Ahmad فاطمة/Fatima/Fatimah يوسف/Youssef/Yusuf عمر/Omar/Umar حسن/Hassan/Hasan خالد/Khaled/Khalid مريم/Maryam/Mariam سعيد/Saeed/Said كريم/Karim/Kareem طارق/Tarek/Tariq ليلى/Layla/Leila جمال/Gamal/Jamal حسين/Hussein/Husain زينب/Zainab/Zeinab محمود/Mahmoud/Mahmud نادية/Nadia/Nadiya سمير/Samir/Sameer عبد_الله/Abdullah/Abdallah ابراهيم/Ibrahim/Ebrahim",
)
PERSIAN = (
    "حسینی/Hosseini/Husseini محمدی/Mohammadi/Muhammadi رضایی/Rezaei/Rezai مرادی/Moradi/Muradi کریمی/Karimi/Kareemi احمدی/Ahmadi/Ahmady موسوی/Mousavi/Moussavi جعفری/Jafari/Ja'fari صادقی/Sadeghi/Sadeqi رحیمی/Rahimi/Raheemi ابراهیمی/Ebrahimi/Ibrahimi نوری/Nouri/Noori قاسمی/Ghasemi/Qasemi حیدری/Heidari/Heydari زارع/Zare/Zareh شریفی/Sharifi/Shareefi پرویزی/Parvizi/Parveezi تهرانی/Tehrani/Tehrany",
    "علی/Ali/Aly رضا/Reza/Rida حسین/Hossein/Hussein مهدی/Mehdi/Mahdi زهرا/Zahra/Zohra فاطمه/Fatemeh/Fatima پرویز/Parviz/Parveez بهرام/Bahram/Behram شیرین/Shirin/Shireen داریوش/Dariush/Daryush نسرین/Nasrin/Nasreen کوروش/Kourosh/Kurosh سعید/Saeed/Saeid مریم/Maryam/Mariam فرهاد/Farhad/Ferhad لیلا/Leila/Leyla بیژن/Bijan/Bizhan مسعود/Masoud/Massoud",
)
HEBREW = (
    "כהן/Cohen/Kohen לוי/Levi/Levy מזרחי/Mizrahi/Mizrachi פרץ/Peretz/Perets ביטון/Biton/Bitton דהן/Dahan/Dahan אברהם/Avraham/Abraham פרידמן/Friedman/Fridman מלכה/Malka/Malkah אזולאי/Azoulay/Azulai כץ/Katz/Kats יוסף/Yosef/Joseph דוד/David/Dawid עמר/Amar/Amar אוחיון/Ohayon/Ohayun חדד/Hadad/Haddad גבאי/Gabay/Gabbai רוזן/Rosen/Rozen שרון/Sharon/Sharon",
    "משה/Moshe/Moshe דוד/David/David רונית/Ronit/Roneet יעל/Yael/Yael אבי/Avi/Avi שרה/Sarah/Sara מיכל/Michal/Michal איתן/Eitan/Eytan נועם/Noam/Noam תמר/Tamar/Tamar יונתן/Yonatan/Jonathan שלמה/Shlomo/Shelomo חנה/Hanna/Chana רחל/Rachel/Rahel דניאל/Daniel/Daniel אורי/Uri/Oori גלית/Galit/Galeet שמעון/Shimon/Shimeon",
)
RUSSIAN = (
    "Иванов/Ivanov/Iwanow Смирнов/Smirnov/Smirnoff Кузнецов/Kuznetsov/Kusnezow Попов/Popov/Popow Васильев/Vasilyev/Wassiljew Петров/Petrov/Petrow Соколов/Sokolov/Sokolow Щукин/Shchukin/Chtchoukine Жуков/Zhukov/Joukov Чернов/Chernov/Tschernow Шевченко/Shevchenko/Schewtschenko Бондаренко/Bondarenko/Bondarenko Коваленко/Kovalenko/Kowalenko Мельник/Melnyk/Melnik Хорошев/Khoroshev/Choroschew Цветков/Tsvetkov/Zwetkow Яковлев/Yakovlev/Jakowlew Юдин/Yudin/Judin Гусев/Gusev/Gussew Ткачук/Tkachuk/Tkatschuk",
    "Александр/Alexander/Aleksandr Сергей/Sergey/Sergei Андрей/Andrey/Andrej Дмитрий/Dmitry/Dmitri Алексей/Alexey/Aleksei Ольга/Olga/Ol'ga Елена/Elena/Yelena Наталья/Natalia/Natalya Юлия/Yulia/Julia Владимир/Vladimir/Wladimir Евгений/Evgeny/Yevgeniy Михаил/Mikhail/Michail Татьяна/Tatiana/Tatyana Пётр/Pyotr/Petr Ксения/Ksenia/Xenia Фёдор/Fyodor/Fedor Игорь/Igor/Igor Жанна/Zhanna/Janna",
)
INDIAN = (
    "शर्मा/Sharma/Sarma सिंह/Singh/Sinha कुमार/Kumar/Kumaar गुप्ता/Gupta/Goopta पटेल/Patel/Patel वर्मा/Verma/Varma मिश्रा/Mishra/Misra यादव/Yadav/Yadava जोशी/Joshi/Joshy चौधरी/Choudhary/Chowdhury ரெட்டி/Reddy/Reddi ஐயர்/Iyer/Aiyer ராவ்/Rao/Rao நாயர்/Nair/Nayar மேனன்/Menon/Menon ব্যানার্জী/Banerjee/Bandyopadhyay মুখার্জী/Mukherjee/Mukhopadhyay ঘোষ/Ghosh/Ghose",
    "अनिल/Anil/Aneel अमित/Amit/Ameet सुनीता/Sunita/Suneeta राजेश/Rajesh/Raajesh प्रिया/Priya/Preeya संजय/Sanjay/Sanjai विवेक/Vivek/Bibek लक्ष्मी/Lakshmi/Laxmi दीपक/Deepak/Dipak गीता/Geeta/Gita विजय/Vijay/Bijoy पूजा/Pooja/Puja மீனா/Meena/Mina கார்த்திக்/Karthik/Kartik சுரேஷ்/Suresh/Sooresh மதன்/Madan/Mathan রবি/Ravi/Rabi সুব্রত/Subrata/Subroto",
)
ENGLISH = (
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies/Davis Robinson Wright Thompson/Thomson Evans Walker White Roberts Green Hall Wood Jackson Clarke/Clark Harrison Hughes Edwards Turner Bennet/Bennett Fairweather Loxley Thackeray",
    "John/Jack James/Jim Robert/Bob William/Bill Elizabeth/Liz Margaret/Peggy Thomas/Tom Richard/Dick Katherine/Kate Stephen/Steve Susan/Sue Michael/Mike Anthony/Tony Deborah Alice Helen Edward/Ted Christopher/Chris Judith Graham Rebecca/Becky Daniel/Dan Joan Joanna Nigel",
)
GERMAN = (
    "Müller/Mueller Schmidt/Schmitt Schneider Fischer Weber Meyer/Meier Wagner Becker Schulz/Schulze Hoffmann/Hofmann Schäfer/Schaefer Koch Bauer Richter Klein Wolf/Wolff Schröder/Schroeder Neumann Schwarz Zimmermann Krüger/Krueger Hartmann Lange König/Koenig Köhler/Koehler Jäger/Jaeger Weiß/Weiss Größler/Groessler",
    "Hans/Johannes Peter Wolfgang Michael Thomas Andreas Stefan/Stephan Jürgen/Juergen Klaus/Nikolaus Günter/Guenter Monika Petra Sabine Ursula Karin Brigitte Heike Anja Jörg/Joerg Matthias Ulrike Käthe/Kaethe Franz Sebastian Friederike",
)
SPANISH = (
    "García_López/Garcia Hernández_Martínez/Hernandez Rodríguez_Pérez/Rodriguez_Perez González_Ruiz/Gonzalez Fernández_Díaz/Fernandez_Diaz Sánchez_Romero/Sanchez Gómez_Torres/Gomez Jiménez_Navarro/Jimenez Moreno_Ramos/Moreno Álvarez_Gil/Alvarez Muñoz_Ortega/Munoz Núñez_Vidal/Nunez_Vidal Ibáñez_Soler/Ibanez da_Silva/Silva dos_Santos/Santos Oliveira_Costa/Oliveira Souza_Lima/Sousa_Lima Pereira_Alves/Pereira Gonçalves/Goncalves Araújo_Melo/Araujo_Melo",
    "José/Jose/Pepe María/Maria Antonio Manuel/Manolo Francisco/Paco Juan Ana Carmen Pedro Luis Dolores Javier/Xavier Jesús/Jesus Ignacio/Nacho Teresa João/Joao Inês/Ines Conceição/Conceicao Raúl/Raul Verónica/Veronica Guadalupe Sebastião/Sebastiao Rocío/Rocio",
)
FRENCH = (
    "Martin Bernard Thomas Petit Robert Richard Durand/Durant Dubois/du_Bois Moreau Laurent Simon Michel Lefèvre/Lefebvre Leroy/Le_Roy Roux Fournier Girard Bonnet Dupont/Dupond François/Francois Mercier Béranger/Beranger Gaultier/Gauthier Delacroix/de_la_Croix Crépin/Crespin Châtelain/Chatelain",
    "Jean-Pierre/Jean_Pierre Marie-Claire/Marie_Claire Philippe Étienne/Etienne Céline/Celine Guillaume/Guilaume Hélène/Helene Benoît/Benoit Aurélie/Aurelie Jean-Luc/Jean_Luc Sylvie Thérèse/Therese Matthieu/Mathieu Stéphane/Stephane Chloé/Chloe Raphaël/Raphael Nathalie/Natalie Jérôme/Jerome Odile Régis/Regis",
)
TURKISH = (
    "Yılmaz/Yilmaz Kaya Demir Çelik/Celik Şahin/Sahin Yıldız/Yildiz Öztürk/Ozturk Aydın/Aydin Özdemir/Ozdemir Arslan/Aslan Doğan/Dogan Kılıç/Kilic Çetin/Cetin Kara Koç/Koc Kurt Özkan/Ozkan Şimşek/Simsek Güneş/Gunes Bulut Erdoğmuş/Erdogmus Tunç/Tunc",
    "Mehmet/Mehmed Mustafa Ahmet/Ahmed Ali Hüseyin/Huseyin Hasan/Hassan İbrahim/Ibrahim Ayşe/Ayse Fatma Emine/Amine Hatice Zeynep Elif Murat/Murad Emre Çağlar/Caglar Gülşen/Gulsen Özlem/Ozlem Oğuz/Oguz Şebnem/Sebnem",
)
GREEK = (
    "Παπαδόπουλος/Papadopoulos/Papadopulos Βλάχος/Vlachos/Vlahos Αγγελόπουλος/Angelopoulos/Aggelopoulos Νικολαΐδης/Nikolaidis/Nicolaides Γεωργίου/Georgiou/Yeorgiou Μπάκας/Bakas/Bakas Δημητρίου/Dimitriou/Demetriou Οικονόμου/Oikonomou/Economou Χατζής/Chatzis/Hadjis Κωνσταντίνου/Konstantinou/Constantinou Ξενάκης/Xenakis/Ksenakis Φωτίου/Fotiou/Photiou Μακρής/Makris/Macris Ζαχαρίας/Zacharias/Zaharias Ευθυμίου/Efthymiou/Euthymiou Ντάλας/Ntalas/Dalas",
    "Γεώργιος/Georgios/Giorgos Δημήτρης/Dimitris/Dimitrios Κώστας/Kostas/Costas Ιωάννης/Ioannis/Yannis Μαρία/Maria/Maria Ελένη/Eleni/Helen Αλέξανδρος/Alexandros/Alexander Νίκος/Nikos/Nicholas Χριστίνα/Christina/Kristina Σοφία/Sofia/Sophia Πέτρος/Petros/Peter Θεόδωρος/Theodoros/Thodoris Αγγελική/Angeliki/Aggeliki Φίλιππος/Filippos/Philippos Βασίλης/Vasilis/Vassilis Ευάγγελος/Evangelos/Evangelos",
)
WEST_AFRICAN = (
    "Diallo/Jallow Traoré/Traore Keïta/Keita Touré/Toure Diop/Diop Ndiaye/N'Diaye Coulibaly Mensah Osei Boateng Owusu Asante/Ashanti Okafor Okeke Adeyemi Balogun Ogunleye/Ogunleye Abubakar/Aboubacar Bello Sow/So Cissé/Cisse Camara/Kamara Konaté/Konate Eze Nwosu Afolabi",
    "Mamadou/Muhammed Fatoumata/Fatou Kwame/Kwami Kofi/Koffi Ama Akosua Chukwuemeka/Emeka Ngozi Oluwaseun/Seun Babatunde/Tunde Aminata Ousmane/Usman Ifeanyi Adaeze Yaw/Yao Abena Moussa/Musa Aïssatou/Aissatou Ibrahima/Ibrahim Efua Kwabena Folake Chidi Zainab/Zeinab",
)
INDONESIAN = (
    "Suharto/Soeharto Wijaya/Widjaja Budi/Boedi Susanto/Soesanto Joko/Djoko Sari Dewi Agus Suryadi/Soerjadi Setiawan Hidayat Rahmat/Rachmat Lestari Wahyudi/Wahjudi Sutrisno/Soetrisno Mulyani/Muljani Kusuma/Koesoema Sudirman/Soedirman Purnomo/Poernomo Yudhoyono/Judhojono Suparman/Soeparman Harjono/Hardjono Ratna Nurhayati/Noerhajati Gunawan/Goenawan",
    "",
)
HUNGARIAN = (
    "Nagy Kovács/Kovacs Tóth/Toth Szabó/Szabo Horváth/Horvath Varga Kiss/Kis Molnár/Molnar Németh/Nemeth Farkas Balogh/Balog Papp/Pap Takács/Takacs Juhász/Juhasz Mészáros/Meszaros Oláh/Olah Rácz/Racz Fekete Szűcs/Szucs Vörös/Voros Gergely Csonka",
    "László/Laszlo István/Istvan József/Jozsef János/Janos Zoltán/Zoltan Sándor/Sandor Gábor/Gabor Ferenc/Feri Éva/Eva Katalin/Kati Mária/Maria Ilona Erzsébet/Erzsebet Zsuzsanna/Zsuzsa György/Gyorgy Ágnes/Agnes Tünde/Tunde Bálint/Balint Lajos Dorottya",
)
CULTURES = {
    "chinese": CHINESE,
    "korean": KOREAN,
    "japanese": JAPANESE,
    "vietnamese": VIETNAMESE,
    "arabic": ARABIC,
    "persian": PERSIAN,
    "hebrew": HEBREW,
    "russian and ukrainian": RUSSIAN,
    "indian": INDIAN,
    "english": ENGLISH,
    "german": GERMAN,
    "spanish and portuguese": SPANISH,
    "french": FRENCH,
    "turkish": TURKISH,
    "greek": GREEK,
    "west african": WEST_AFRICAN,
    "indonesian": INDONESIAN,
    "hungarian": HUNGARIAN,
}

FAMILY_FIRST = {"chinese", "korean", "japanese", "vietnamese", "hungarian"}
RUN_TOGETHER = {"chinese", "korean"}  # as they are written at home


@dataclass(frozen=True)
class Bearer:
    """Somebody with a name of one culture; the numbers are places in its lists."""

    culture: str
    family: int
    given: tuple[int, ...]

    def written(self, spelling: int, *, turned: bool = False) -> str:
        """The name in one of its spellings (0 at home, 1 on a passport, 2 otherwise), family name first or last."""
        families, givens = (table.split() for table in CULTURES[self.culture])
        family = _spelled(families[self.family], spelling)
        given = " ".join(_spelled((givens or families)[place], spelling) for place in self.given)
        if spelling == 0 and self.culture in RUN_TOGETHER:
            return family + given
        first, second = (family, given) if (self.culture in FAMILY_FIRST) != turned else (given, family)
        return f"{first} {second}".strip()


def bearer(culture: str, chance: random.Random) -> Bearer:
    """Somebody whose name is drawn as such names are: the first of a list is borne by far more people than the last."""
    families, givens = (table.split() for table in CULTURES[culture])
    given: tuple[int, ...] = ()
    if givens:
        given = tuple(
            _drawn(len(givens), chance) for _ in range(2 if culture in {"german", "english", "russian"} and chance.random() < 0.2 else 1)
        )
    elif chance.random() < 0.5:
        given = (_drawn(len(families), chance),)
    return Bearer(culture, _drawn(len(families), chance), given)


def _drawn(length: int, chance: random.Random) -> int:
    return chance.choices(range(length), weights=[1 / (place + 2) for place in range(length)])[0]


def _spelled(entry: str, spelling: int) -> str:
    spellings = entry.split("/")
    return spellings[min(spelling, len(spellings) - 1)].replace("_", " ")
